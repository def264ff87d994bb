"""Stretches of a report that name something: lexicons, finders, the learned layer, arbitration."""
