"""Personal names of other languages in Chinese characters: told by the characters that transcribe their syllables."""

from __future__ import annotations

from kg.knowledge.lexicons import forms_of


def transcribed(name: str) -> bool:
    """Whether every character of a name of three or more transcribes a syllable (扎西平措, 苏德那木)."""
    return len(name) > 2 and set(name) <= forms_of("name_syllables", "syllable")
