"""Leser nøkkelarbeidsboken: enhetene, mottakerne og grunnlaget, med radnumre til feilmeldingene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.chart.files import load_sheets
from kontoplan.chart.headers import compact
from kontoplan.fordeling.arklesing import Ark, find_sheet
from kontoplan.fordeling.nokler import ANDELER, BELOP, Enhet, Grunnlag, Mal, Mottak, Nokler, Utvalg
from kontoplan.fordeling.skjema import ENHETER, FORINGER, GRUNNLAG, KOLONNER, NOKLER, REST

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from kontoplan.chart.grid import Row
    from kontoplan.errors import UserError
    from kontoplan.fordeling.nokler import Foring

_MONTHS = 12
_CENTS = 100


def read_keys(path: Path) -> Nokler:
    """Leser nøklene.

    Raises:
        UserError: filen kan ikke leses, et ark mangler, eller en celle har noe den ikke kan ha; med ark, rad og kolonne.
    """
    sheets, _ = load_sheets(path)
    units = find_sheet(sheets, ENHETER, need=True)
    keys = find_sheet(sheets, NOKLER, need=False)
    basis = find_sheet(sheets, GRUNNLAG, need=False)
    if units is None:  # pragma: no cover - find_sheet har alt sagt fra
        raise AssertionError
    enheter = _units(units)
    names = {enhet.navn.casefold(): enhet.navn for enhet in enheter}
    mottak = tuple(_receiver(keys, row, names) for row in _filled(keys)) if keys else ()
    drivers = {compact(enhet.etter) for enhet in enheter}
    grunnlag = tuple(_basis(basis, row, names, drivers) for row in _filled(basis)) if basis else ()
    nokler = Nokler(path.name, enheter, mottak, grunnlag, tuple(basis.andre) if basis else ())
    for enhet in enheter:
        _check_way(units, enhet, nokler)
        _check_receiving(units, enhet, nokler)
    return nokler


def _filled(ark: Ark) -> list[Row]:
    """Radene som har noe i en kolonne som leses; bare merknad er ikke nok."""
    columns = {c for role, c in ark.kolonner.items() if role != "merknad"} | set(ark.andre.values())
    return [row for row in ark.rader if any(row.text(c).strip() for c in columns)]


def _fault(ark: Ark, row: Row, role: str, message: str, code: str) -> UserError:
    return ark.error(row.nr, ark.kolonner.get(role), message, code)


def _units(ark: Ark) -> tuple[Enhet, ...]:
    found: dict[str, Enhet] = {}
    for row in _filled(ark):
        enhet = _unit(ark, row)
        same = found.setdefault(enhet.navn.casefold(), enhet)
        if same is not enhet:
            raise _fault(
                ark,
                row,
                "enhet",
                f"«{enhet.navn}» står også på rad {same.rad}; gi hver enhet sitt eget navn.",
                "fordel-samme-enhet",
            )
    if not found:
        raise ark.error(1, None, "arket har ingen enheter; skriv inn minst én.", "fordel-ingen-enheter")
    return tuple(found.values())


def _unit(ark: Ark, row: Row) -> Enhet:
    text = {c.rolle: ark.text(row, c.rolle) for c in KOLONNER[ENHETER]}
    if not text["enhet"]:
        raise _fault(ark, row, "enhet", "raden mangler navnet på enheten.", "fordel-mangler-enhet")
    if not text["funksjon"]:
        raise _fault(
            ark,
            row,
            "funksjon",
            f"«{text['enhet']}» mangler funksjonen den står på i hovedboken.",
            "fordel-mangler-funksjon",
        )
    foring = text["foring"].casefold() or FORINGER[0]
    if foring not in FORINGER:
        raise _fault(
            ark, row, "foring", f"Føring er «{text['foring']}»; skriv «art» eller «sum».", "fordel-ukjent-foring"
        )
    if foring == "sum" and not (text["debet"] and text["kredit"]):
        raise _fault(
            ark,
            row,
            "debet",
            f"«{text['enhet']}» føres med sum og må ha både Debetkonto og Kreditkonto.",
            "fordel-mangler-konto",
        )
    steg = text["steg"]
    if steg and not steg.isdigit():
        raise _fault(ark, row, "steg", f"Steg er «{steg}»; skriv et helt tall fra 1.", "fordel-ukjent-steg")
    chosen: Foring = "sum" if foring == "sum" else "art"
    return Enhet(
        navn=text["enhet"],
        funksjon=Utvalg(text["funksjon"]),
        ansvar=Utvalg(text["ansvar"]),
        prosjekt=Utvalg(text["prosjekt"]),
        konto=Utvalg(text["konto"]),
        etter=text["etter"] or ANDELER,
        foring=chosen,
        debet=text["debet"],
        kredit=text["kredit"],
        steg=int(steg) if steg else None,
        rad=row.nr,
    )


def _check_way(ark: Ark, enhet: Enhet, nokler: Nokler) -> None:
    """Hva enheten fordeles etter, må finnes: andeler eller beløp i Nøkler, eller en kolonne i Grunnlag."""
    way = enhet.etter.casefold()
    if way in {ANDELER, BELOP}:
        if not any(m.enhet == enhet.navn for m in nokler.mottak):
            raise ark.error(
                enhet.rad,
                None,
                f"«{enhet.navn}» fordeles etter {way}, men har ingen linjer i arket «{NOKLER}».",
                "fordel-uten-nokler",
            )
        return
    if compact(enhet.etter) not in {compact(name) for name in nokler.kolonner}:
        known = ", ".join(f"«{name}»" for name in nokler.kolonner) or "ingen"
        raise ark.error(
            enhet.rad,
            ark.kolonner.get("etter"),
            f"«{enhet.navn}» fordeles etter «{enhet.etter}», som ikke er en kolonne i arket «{GRUNNLAG}»; kolonnene der er {known}.",
            "fordel-ukjent-grunnlag",
        )


def _check_receiving(ark: Ark, enhet: Enhet, nokler: Nokler) -> None:
    """En enhet som får noe fra en annen, må ha én funksjon det kan føres på."""
    gets = any(line.mal.enhet == enhet.navn for line in nokler.linjer)
    if gets and enhet.funksjon.eneste is None:
        raise ark.error(
            enhet.rad,
            ark.kolonner.get("funksjon"),
            f"«{enhet.navn}» får noe fra en annen enhet og må ha nøyaktig én funksjon, ikke «{enhet.funksjon.tekst}».",
            "fordel-flere-funksjoner",
        )


def _target(ark: Ark, row: Row, names: dict[str, str]) -> Mal:
    funksjon, enhet = ark.text(row, "funksjon"), ark.text(row, "enhet_til")
    if bool(funksjon) == bool(enhet):
        what = (
            "både Til funksjon og Til enhet; fyll ut bare én av dem"
            if funksjon
            else "ingen mottaker; fyll ut Til funksjon eller Til enhet"
        )
        raise _fault(ark, row, "funksjon", f"raden har {what}.", "fordel-mottaker")
    if enhet and enhet.casefold() not in names:
        raise _fault(
            ark, row, "enhet_til", f"enheten «{enhet}» finnes ikke i arket «{ENHETER}».", "fordel-ukjent-enhet"
        )
    return Mal(funksjon, names.get(enhet.casefold(), ""), ark.text(row, "ansvar"), ark.text(row, "prosjekt"))


def _receiver(ark: Ark, row: Row, names: dict[str, str]) -> Mottak:
    given = ark.text(row, "enhet")
    if given.casefold() not in names:
        what = f"enheten «{given}» finnes ikke i arket «{ENHETER}»" if given else "raden mangler enheten som gir"
        raise _fault(ark, row, "enhet", f"{what}.", "fordel-ukjent-enhet")
    mal = _target(ark, row, names)
    if mal.enhet == names[given.casefold()]:
        raise _fault(ark, row, "enhet_til", f"«{mal.enhet}» kan ikke fordeles til seg selv.", "fordel-til-seg-selv")
    rest = ark.text(row, "belop").casefold() == REST
    andel = _positive(ark, row, "andel")
    belop = None if rest else _kroner(ark, row)
    if (andel is None) == (belop is None and not rest):
        what = "både Andel og Beløp" if andel is not None else "verken Andel eller Beløp"
        raise _fault(ark, row, "andel", f"raden har {what}; fyll ut én av dem.", "fordel-andel-eller-belop")
    return Mottak(names[given.casefold()], mal, ark.text(row, "kostra"), andel, belop, rest, _months(ark, row), row.nr)


def _positive(ark: Ark, row: Row, role: str) -> Fraction | None:
    column = ark.kolonner.get(role)
    number = ark.number(row, column) if column is not None else None
    if number is not None and number < 0:
        raise ark.error(
            row.nr,
            column,
            f"andelen er negativ ({ark.text(row, role)}); andeler må være 0 eller mer.",
            "fordel-negativ-andel",
        )
    return number


def _kroner(ark: Ark, row: Row) -> int | None:
    column = ark.kolonner.get("belop")
    number = ark.number(row, column) if column is not None else None
    if number is None:
        return None
    cents = number * _CENTS
    if cents.denominator != 1:
        raise ark.error(row.nr, column, "beløpet har mer enn to desimaler; skriv hele øre.", "fordel-ikke-ore")
    return int(cents)


def _months(ark: Ark, row: Row) -> tuple[int, int]:
    first, last = (ark.text(row, role) for role in ("fra", "til"))
    for role, text in (("fra", first), ("til", last)):
        if text and not (text.isdigit() and 1 <= int(text) <= _MONTHS):
            raise _fault(ark, row, role, f"«{text}» er ikke en måned; skriv 1–12.", "fordel-ikke-maaned")
    months = (int(first or 1), int(last or _MONTHS))
    if months[0] > months[1]:
        raise _fault(
            ark, row, "til", f"perioden slutter ({months[1]}) før den begynner ({months[0]}).", "fordel-ikke-maaned"
        )
    return months


def _basis(ark: Ark, row: Row, names: dict[str, str], drivers: set[str]) -> Grunnlag:
    """En linje i grunnlaget; bare kolonnene en enhet fordeles etter, må være tall."""
    values: dict[str, Fraction] = {}
    for name, column in ark.andre.items():
        if compact(name) not in drivers:
            continue
        number = ark.number(row, column)
        if number is not None and number < 0:
            raise ark.error(
                row.nr,
                column,
                f"«{name}» er negativ ({row.text(column)}); grunnlaget må være 0 eller mer.",
                "fordel-negativ-andel",
            )
        if number:
            values[name] = number
    return Grunnlag(_target(ark, row, names), ark.text(row, "kostra"), values, row.nr)
