"""Ordene i en regel, lest slik kontonavn leses."""

from __future__ import annotations

from functools import lru_cache

from kontoplan.rulebase.rule import Pattern
from kontoplan.text import canonical, fold, read


@lru_cache(maxsize=32_768)
def compile_pattern(text: str) -> Pattern:
    """Mønsteret en tekst i en regel står for; ``musikk*`` er begynnelsen på et ord og ``*skole`` slutten.

    Raises:
        ValueError: teksten har ingen bokstaver, eller stjernen står midt i eller ved flere ord.
    """
    bare = text.strip().strip("*")
    if "*" in bare:
        raise ValueError(f"«{text}»: stjernen kan bare stå først eller sist.")
    if not any(c.isalpha() for c in bare):
        raise ValueError(f"«{text}» har ingen bokstaver.")
    if bare != text.strip() and not bare.isalpha():
        raise ValueError(f"«{text}»: stjernen kan bare stå ved ett ord, uten mellomrom og bindestrek.")
    if text.strip().endswith("*"):
        return Pattern(text, (canonical(fold(bare)),), "prefix")
    if text.strip().startswith("*"):
        return Pattern(text, (canonical(fold(bare)),), "suffix")
    return Pattern(text, read(bare).stammer)
