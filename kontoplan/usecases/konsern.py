"""Å sette sammen konsernet av uttrekkene til kommunen, foretakene og de interkommunale selskapene."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.kodeverk.skjemalister import skjemaer
from kontoplan.kostra.format import FELTER, LENGDE
from kontoplan.kostra.les import les_linjer
from kontoplan.kostra.oppgave import MED_ORGNR, lag_oppgave
from kontoplan.kostra.skriv import Post, skriv, tabell
from kontoplan.rapportering.konsern import Enhetsuttrekk, Konsern, merge, pairs, scaled
from kontoplan.rapportering.tusen import to_thousands
from kontoplan.usecases.kontroller import kontroller_poster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.rapportering.tusen import Nokkel

_PARTS: Final = {"0M": ("0A", "0I", "0M"), "0N": ("0B", "0J", "0N"), "0P": ("0C", "0K", "0P"), "0Q": ("0D", "0L", "0Q")}
"""Konsernskjema → skjemaene som inngår."""
_AT: Final = {felt.navn: slice(felt.start, felt.start + felt.lengde) for felt in FELTER}
_SHARE: Final = re.compile(r"(.+)=(\d+(?:[.,]\d+)?)\s*(%?)")
_PERCENT = 100
_INTERNAL_LOAN_FUNDS: Final = "9110"


def konsern(filer: Sequence[str | Path], *, skjema: str, aar: int | None = None, region: str) -> Konsern:
    """Legger sammen uttrekkene og tar ut handelen mellom dem.

    Args:
        filer: Uttrekkene. ``fil=40%`` tar med 40 % av et interkommunalt selskap; uten andel tas alt med.
        skjema: ``0M`` eller ``0P`` (bevilgning), ``0N`` eller ``0Q`` (balanse).
        aar: Regnskapsåret; ``None`` er det nyeste i kodeverket.
        region: Regionen til kommunen eller fylkeskommunen.

    Raises:
        UserError: en fil kan ikke leses, er ikke et uttrekk som hører til konsernet, eller gjelder et annet år.
    """
    oppgave = lag_oppgave(skjema=skjema, aar=aar or Kodeverk.nyeste_aar(), region=region)
    if oppgave.skjema not in _PARTS or oppgave.er_kvartal:
        raise UserError(
            f"Skjemaet {oppgave.kode} er ikke et konsernskjema; velg ett av {', '.join(_PARTS)}.",
            code="ikke-konsernskjema",
        )
    units = tuple(_read(*_with_share(str(name)), oppgave) for name in filer)
    repeated = next((u.fil for at, u in enumerate(units) if u.fil in {o.fil for o in units[:at]}), None)
    if repeated:
        raise UserError(f"{repeated} er oppgitt to ganger; oppgi hver fil én gang.", code="samme-fil")
    total, eliminated = merge(units, balanse=oppgave.balanse)
    rounded = to_thousands(total, balanse=oppgave.balanse)
    posts = {key: (total[key], rounded[key]) for key in sorted(total)}
    written = [Post(*key, thousands) for key, (_, thousands) in posts.items() if thousands]
    notes = _balance_notes(total) if oppgave.balanse else ()
    return Konsern(
        oppgave, units, posts, eliminated, skriv(tabell(written), oppgave), kontroller_poster(written, oppgave, fil=oppgave.kode), notes
    )  # fmt: skip


def _balance_notes(total: Mapping[Nokkel, int]) -> tuple[str, ...]:
    """Det som ikke er gjort i balansen, fordi uttrekkene ikke sier nok."""
    named = ", ".join(f"{par.debet} mot {par.kredit}" for par in pairs(balanse=True))
    left = (
        f"Bare kapitlene som etter navnet er konserninterne ({named}), er tatt ut. Mellomværender på andre kapitler, og eierandeler (21) "
        "mot egenkapitalen i det som eies, er ikke tatt ut; uttrekkene sier ikke hvem motparten er."
    )
    notes = [left]
    if any(key[1] == _INTERNAL_LOAN_FUNDS for key in total):
        notes.append(
            f"Kapittel {_INTERNAL_LOAN_FUNDS} (ubrukte konserninterne lånemidler) står igjen med motposten på 9999; om det skal ut av konsernet, er ikke lest i noen kilde."
        )
    return tuple(notes)


def _with_share(text: str) -> tuple[Path, Fraction]:
    """Filen og eierandelen: ``iks.dat=40%``, ``iks.dat=0,4`` eller bare ``0A.dat``."""
    found = None if Path(text).exists() else _SHARE.fullmatch(text)
    if found is None:
        return Path(text), Fraction(1)
    share = Fraction(found[2].replace(",", ".")) / (_PERCENT if found[3] else 1)
    if not 0 < share <= 1:
        raise UserError(
            f"Eierandelen i «{text}» må være over 0 og høyst 100 %; skriv f.eks. {found[1]}=40%.", code="ugyldig-andel"
        )
    return Path(found[1]), share


def _read(path: Path, share: Fraction, oppgave: Oppgave) -> Enhetsuttrekk:
    try:
        lines = les_linjer(path.read_bytes()).to_list()
    except FileNotFoundError:
        raise UserError(f"Finner ikke filen {path}; kontroller navnet og mappen.", code="finnes-ikke") from None
    except OSError:
        raise UserError(
            f"Filen {path} kan ikke leses; kontroller navnet og rettighetene.", code="uleselig-fil"
        ) from None
    allowed = _PARTS[oppgave.skjema]
    posts = []
    skjema = ""
    for nr, line in enumerate(lines, 1):
        if len(line) != LENGDE:
            raise UserError(
                f"{path.name}, linje {nr}: linjen er på {len(line)} tegn og ikke {LENGDE}; oppgi et filuttrekk som «kontoplan kontroller» godtar.",
                code="ikke-uttrekk",
            )
        field = {name: line[at] for name, at in _AT.items()}
        skjema = field["skjema"]
        if skjema not in allowed:
            raise UserError(
                f"{path.name}, linje {nr}: skjemaet {skjema} inngår ikke i {oppgave.skjema}; det gjør {', '.join(allowed)}.",
                code="feil-skjema",
            )
        if field["aargang"] != oppgave.aar:
            raise UserError(
                f"{path.name}, linje {nr}: filen gjelder {field['aargang']}, men konsernet {oppgave.aar}; oppgi året med --aar.",
                code="feil-aar",
            )
        if skjema not in MED_ORGNR and field["region"] != oppgave.region:  # et selskap kan høre til en annen kommune
            raise UserError(
                f"{path.name}, linje {nr}: filen gjelder region {field['region']}, men konsernet {oppgave.region}; kontroller filen og --region.",
                code="feil-region",
            )
        posts.append(
            (
                (
                    _class(field["kontoklasse"], skjema, oppgave, f"{path.name}, linje {nr}"),
                    field["funksjonsfelt"].strip(),
                    field["art"].strip(),
                ),
                _amount(field["belop"], path.name, nr),
            )
        )
    if not posts:
        raise UserError(f"{path.name} har ingen poster; oppgi et filuttrekk.", code="tom-fil")
    return Enhetsuttrekk(path.name, skjema, share, scaled(posts, share))


def _class(number: str, skjema: str, oppgave: Oppgave, where: str) -> str:
    """Kontoklassen slik konsernskjemaet skriver den."""
    name = next((klasse for klasse, digit in skjemaer()[skjema].klasser.items() if digit == number), None)
    if name is None:
        raise UserError(
            f"{where}: kontoklassen {number} finnes ikke på {skjema}; kontroller filen med «kontoplan kontroller».",
            code="feil-kontoklasse",
        )
    return oppgave.form.klasser[name]


def _amount(text: str, fil: str, nr: int) -> int:
    try:
        return int(text)
    except ValueError:
        raise UserError(
            f"{fil}, linje {nr}: beløpet «{text.strip()}» er ikke et helt tall; kontroller filen med «kontoplan kontroller».",
            code="feil-belop",
        ) from None
