"""Fra et spørsmål slik folk skriver det, til det som er kjent om saken."""

from __future__ import annotations

from kontoplan.question.parse import Question, parse

__all__ = ["Question", "parse"]
