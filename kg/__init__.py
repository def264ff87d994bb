"""kg: Chinese local-government news as a knowledge graph in which every fact carries its evidence."""

from typing import Any

__version__ = "0.1.0"

_LAZY = ("load_graph", "load_rdf")


def __getattr__(name: str) -> Any:
    """`kg.load_graph` and `kg.load_rdf`, imported when first used, so that `import kg` stays quick."""
    if name in _LAZY:
        from kg.graph import load

        return getattr(load, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
