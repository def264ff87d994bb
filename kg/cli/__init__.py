"""The command line `kg`: a file a command, each calling one function of the library.

Modules here import click and rich only at the top; what the commands need is imported when they run.
"""

from kg.cli.main import main

__all__ = ["main"]
