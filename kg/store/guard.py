r"""What a query from outside must not do: reach out of the store.

The engine fetches what `SERVICE` names, so such a query is refused before it gets there. The check errs on the safe side:
it looks at the raw text, with `\uXXXX` escapes undone, and refuses the word wherever the grammar could read it as the
keyword, strings and comments included. The store has no named graphs to load from addresses; `FROM` only chooses among
what it holds.
"""

from __future__ import annotations

import re

# Not a keyword: in a variable (?service), a prefixed name (schema:service, ex:Bus_service), inside a longer word. A number
# or `true` may stand right before a keyword, without a blank.
_SERVICE = re.compile(r"(?:(?<![\w?$:@-])|true|false|\d[eE]?|\.)service", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def reaches_out(query: str) -> bool:
    """Whether the query may ask another endpoint."""
    unescaped = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), query)
    return any(_SERVICE.search(text) is not None for text in (query, unescaped))


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else "\ufffd"
