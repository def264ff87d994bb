"""The errors a user can meet: one tree, each with the place and the remedy, each with its exit code.

KGError
├── UsageError      (exit 2) wrong paths or options
├── DataError       (exit 3) a fault in configuration or in a data file of the package
└── InputError      (exit 1) an input that cannot be read or processed; in a batch the others go on
"""

from __future__ import annotations


class KGError(Exception):
    """Something a user can put right.

    `where` is the file (with line or place, if known), `what` says what is wrong (got, expected), `hint` says what to
    do. The message is one line: `where: what. hint`.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}" if self.where else self.what
        if self.hint:
            message = f"{message.rstrip('.')}. {self.hint}"
        return " ".join(message.split())


class InputError(KGError):
    """An input file cannot be read or processed."""


class UsageError(KGError):
    """Wrong paths or options."""

    exit_code = 2


class DataError(KGError):
    """A fault in configuration or in a data file."""

    exit_code = 3
