"""Feltene i en regelfil: hver funksjon henter én slags verdi, og sier fra med linjen når den er noe annet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontoplan.rulebase.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Bad(Exception):  # noqa: N818 - et signal mellom modulene her, ikke en feil noen skal se
    """Noe i en regel er ikke slik regelspråket sier; ``line`` er linjen."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def as_block(raw: object, what: str, line: int) -> Block:
    """Et oppslag; feil når verdien er noe annet, eller en nøkkel står to ganger."""
    if not isinstance(raw, Block):
        raise Bad(f"«{what}» skal ha nøkler og verdier.", line)
    if raw.doubled:
        name, at = raw.doubled[0]
        raise Bad(f"nøkkelen «{name}» står to ganger.", at)
    return raw


def only_keys(block: Block, allowed: Iterable[str], where: str) -> None:
    """Feil når oppslaget har andre nøkler enn de som er lov."""
    unknown = [key for key in block if key not in set(allowed)]
    if unknown:
        raise Bad(f"{where} har en ukjent nøkkel «{unknown[0]}».", block.lines[unknown[0]])


def as_text(block: Block, key: str) -> str:
    """En tekst som ikke er tom, på én linje."""
    value = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Bad(f"«{key}» mangler eller er ikke tekst.", block.lines.get(key, block.line))
    return " ".join(value.split())


def as_items(raw: object) -> list[Any]:
    """Listen, eller én verdi som en liste på ett ledd."""
    return raw if isinstance(raw, list) else [raw] if raw is not None else []


def as_strings(raw: object, line: int) -> list[str]:
    """Én eller flere tekster."""
    values = as_items(raw)
    if not all(isinstance(v, str) and v.strip() for v in values):
        raise Bad("her skal det stå ord, ikke nøkler eller tomme verdier.", line)
    return [str(v) for v in values]


def as_one_of(block: Block, key: str, allowed: Sequence[str], default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Verdier som alle er blant dem som er lov."""
    values = tuple(as_strings(block[key], block.line)) if key in block else default
    wrong = [v for v in values if v not in allowed]
    if wrong or not values:
        shown = wrong[0] if wrong else "ingenting"
        raise Bad(f"«{key}» er {shown}, men skal være {', '.join(allowed)}.", block.lines.get(key, block.line))
    return values


def as_year(block: Block, key: str) -> int | None:
    """Et årstall, eller ``None`` når nøkkelen mangler."""
    if key not in block:
        return None
    value = str(block[key])
    if not (value.isdecimal() and len(value) == 4):  # noqa: PLR2004 - et årstall
        raise Bad(f"«{key}» er {value}, men skal være et årstall.", block.lines[key])
    return int(value)
