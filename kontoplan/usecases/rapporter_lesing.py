"""Leser hovedboken og bilagene til et uttrekk: summerer hver fil, plasserer summene, og finner radene som ikke kom med."""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kontoplan.errors import UserError
from kontoplan.kostra.opphav import Radsamling
from kontoplan.ledger import open_ledger, summer
from kontoplan.rapportering.innlest import Innlest, with_rows
from kontoplan.rapportering.saldo import Saldo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.ledger.hovedbok import Kilde
    from kontoplan.rapportering.saldo import Del

_KEYS = ("klasse", "konto", "funksjon", "ansvar")


@dataclass(frozen=True, slots=True)
class Hovedboker:
    """Filene som skal leses.

    Attributes:
        hovedbok: Hovedboken.
        bilag: Bilag som ikke er ført i den; kolonnene finnes av overskriftene.
        ark: Bare disse arkene i hovedboken.
        kolonner: Overstyrer kolonnene i hovedboken.
    """

    hovedbok: Path
    bilag: tuple[Path, ...]
    ark: Sequence[str] | None
    kolonner: str | Mapping[str, str] | None


def read_ledgers(
    files: Hovedboker,
    oppgave: Oppgave,
    place: Callable[[Iterable[Saldo]], Iterable[Del]],
    *,
    med_rader: bool,
    say: Callable[[str], None],
) -> tuple[tuple[Innlest, ...], list[Del]]:
    """Hver fil slik den er lest, og delene av dem alle.

    Args:
        files: Filene.
        oppgave: Skjemaet; kvartalene trenger måneden.
        place: Plasserer saldoene.
        med_rader: Ta med hvilke rader hver saldo er; ellers finnes bare radene bak det som er avvist.
        say: Kalles med en kort norsk setning for hvert steg.

    Raises:
        UserError: en fil kan ikke leses, mangler en kolonne, eller er oppgitt to ganger.
    """
    _check_once((files.hovedbok, *files.bilag))
    keys = (*_KEYS, "maaned") if oppgave.er_kvartal else _KEYS
    with ExitStack() as stack:
        books = [
            stack.enter_context(open_ledger(files.hovedbok, kolonner=files.kolonner, ark=files.ark, progress=say)),
            *(stack.enter_context(open_ledger(path, progress=say)) for path in files.bilag),
        ]
        for bok in books:
            _check_columns(bok.kilde, oppgave)
        boker: list[Innlest] = []
        parts: list[Del] = []
        for bok in books:
            say(f"Summerer {bok.kilde.fil}")
            frame, lest = summer(bok, keys, med_rader=med_rader)
            say(f"Plasserer {len(frame)} kontoer i {bok.kilde.fil}")
            own = list(place(_saldo(row, bok.kilde, som_bilag=bool(boker)) for row in frame.iter_rows(named=True)))
            boker.append(Innlest(bok.kilde, lest) if med_rader else with_rows(bok, lest, own, keys, say))
            parts += own
    return tuple(boker), parts


def _check_once(files: Iterable[Path]) -> None:
    found: set[Path] = set()
    for path in files:
        if path.resolve() in found:
            raise UserError(f"{path} er oppgitt to ganger; oppgi hver fil én gang.", code="samme-fil")
        found.add(path.resolve())


def _check_columns(kilde: Kilde, oppgave: Oppgave) -> None:
    roles = {kolonne.rolle for kolonne in kilde.kolonner}
    if not oppgave.balanse and not roles & {"funksjon", "ansvar"}:
        raise UserError(
            f"{kilde.fil} har verken funksjon eller ansvar, så postene kan ikke plasseres; eksporter hovedboken med dem, eller oppgi kolonnen med --kolonner.",
            code="rapporter-mangler-funksjon",
        )
    if oppgave.er_kvartal and kilde.form != "SAF-T" and not roles & {"dato", "periode"}:
        raise UserError(
            f"{kilde.fil} har verken dato eller periode, og da kan ikke kvartalet skilles ut; eksporter hovedboken med en av dem.",
            code="rapporter-uten-periode",
        )


def _saldo(row: Mapping[str, Any], kilde: Kilde, *, som_bilag: bool) -> Saldo:
    klasse, konto, funksjon, ansvar = (str(row[name] or "") for name in _KEYS)
    rows = None
    if "rader" in row:
        sheets = row["ark"] if kilde.ark else [""]
        places = tuple((ark, array("I", rader)) for ark, rader in zip(sheets, row["rader"], strict=True))
        rows = Radsamling(konto, funksjon, ansvar, places, kilde.fil if som_bilag else "")
    ore, antall, first = (int(row[name] or 0) for name in ("belop_ore", "antall", "forste_rad"))
    return Saldo(klasse, konto, funksjon, ansvar, row.get("maaned"), ore, antall, first, rows, kilde.fil)
