"""Configuration: `kg.toml` and command-line flags become one frozen record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """What a run can be told.

    `min_confidence`: claims at or above it are asserted, below it candidates. `base_iri`: where data IRIs live.
    """

    min_confidence: float = 0.5
    base_iri: str = "https://w3id.org/lgkg/id/"
