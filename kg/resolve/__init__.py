"""Mentions of one thing joined into an entity with its full name, its area and its code."""
