"""Malen for nøkler: tre tomme ark med overskrifter, nedtrekkslister og forklaring, og et ark med eksempler."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kontoplan.fordeling.skjema import DRIVERE, ENHETER, FORINGER, GRUNNLAG, KOLONNER, NOKLER
from kontoplan.workbook.book import new_book
from kontoplan.workbook.layout import PAPIR_A4, Stiler, lines_needed, row_height, sideoppsett, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.fordeling.skjema import Kolonne

VEILEDNING = "Veiledning"
_ROWS = 500
_NUMBERS = frozenset({"andel", "belop", "fra", "til", "steg"})
_WIDTH = 100
_STEPS = (
    ("1", "Skriv enhetene som skal fordeles i arket Enheter: serviceenheter på 190, PP-tjenesten, vaktmestere, felles lønnsutgifter og liknende."),
    ("2", "Skriv mottakerne i arket Nøkler når dere kjenner andelene eller beløpene. For hver enhet skal andelene til sammen være 100 %."),
    ("3", "Har dere et grunnlag i stedet (m², timer, elever, stillinger), skriver dere det i arket Grunnlag, og overskriften på kolonnen under «Fordeles etter» i arket Enheter. Endre overskriftene og legg til kolonner som dere vil."),
    ("4", "Kjør: kontoplan fordel HOVEDBOK --nokler NØKLER.xlsx"),
)  # fmt: skip
_EXAMPLES = (
    ("Driftsavdelingen etter m²", "Enheter: Enhet «Driftsavdelingen», Funksjon 190, Ansvar 300, Fordeles etter «m²», Føring «art». Grunnlag: 222 med 12 000 m², 261 med 6 500 m², 130 med 2 100 m²."),
    ("PP-tjenesten etter andeler", "Enheter: Enhet «PPT», Funksjon 202, Ansvar 2150, Fordeles etter «andeler». Nøkler: 202 med 70 %, 211 med 25 %, 213 med 5 %. Det som skal være på 202, blir stående."),
    ("Lønnskontoret etter stillinger, med fast art", "Enheter: Enhet «Lønn», Funksjon 190, Ansvar 120, Fordeles etter «Stillinger», Føring «sum», Debetkonto 290, Kreditkonto 690 – eller kontoene dere bruker."),
    ("Enheter som betjener hverandre", "Nøkler: Enhet «Lønn», Til enhet «Driftsavdelingen», 10 %. La Steg stå tomt; programmet finner rekkefølgen, og løser ringer samtidig."),
    ("Faste beløp", "Enheter: Fordeles etter «beløp». Nøkler: 222 med 400000, 261 med «rest»."),
    ("Nøkkel som skifter i året", "Nøkler: Fra måned 1 og Til måned 7 på de gamle andelene, Fra måned 8 på de nye. Kjør med --per maaned."),
)  # fmt: skip


def render_template() -> bytes:
    """Innholdet i malen."""
    innhold = BytesIO()
    with new_book(innhold, _ROWS) as bok:
        stiler = Stiler(bok)
        guide = bok.add_worksheet(VEILEDNING)
        for navn in (ENHETER, NOKLER, GRUNNLAG):
            _sheet(bok.add_worksheet(navn), navn, stiler)
        _guide(guide, stiler)
    return innhold.getvalue()


def _sheet(ark: Worksheet, navn: str, stiler: Stiler) -> None:
    columns: Sequence[Kolonne] = KOLONNER[navn]
    for at, column in enumerate(columns):
        skriv_celle(ark, 0, at, column.overskrift, stiler.hent("hode"))
        ark.write_comment(0, at, column.hjelp, {"x_scale": 2, "y_scale": 1.2, "font_size": 9})
        style = (
            "kroner"
            if column.rolle == "belop"
            else "noyaktig_andel"
            if column.rolle == "andel"
            else "heltall"
            if column.rolle in _NUMBERS
            else "tekst"
        )
        ark.set_column(at, at, max(14, len(column.overskrift) + 4), stiler.hent(style))
    if navn == GRUNNLAG:
        for at, driver in enumerate(DRIVERE, len(columns)):
            skriv_celle(ark, 0, at, driver, stiler.hent("hode_fylles_ut"))
            ark.set_column(at, at, 14, stiler.hent("tall"))
    ark.set_row(0, 24)
    ark.freeze_panes(1, 1)
    _choices(ark, navn, [column.rolle for column in columns])
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=True)


def _choices(ark: Worksheet, navn: str, roles: Sequence[str]) -> None:
    if "foring" in roles:
        at = roles.index("foring")
        ark.data_validation(1, at, _ROWS, at, {"validate": "list", "source": list(FORINGER)})
    for role in ("enhet", "enhet_til"):
        if navn != ENHETER and role in roles:
            at = roles.index(role)
            ark.data_validation(
                1, at, _ROWS, at, {"validate": "list", "source": f"={ENHETER}!$A$2:$A${_ROWS}", "error_type": "warning"}
            )
    for role in ("fra", "til"):
        if role in roles:
            at = roles.index(role)
            ark.data_validation(
                1, at, _ROWS, at, {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12}
            )


def _guide(ark: Worksheet, stiler: Stiler) -> None:
    ark.set_column(0, 0, 34)
    ark.set_column(1, 1, _WIDTH)
    skriv_celle(ark, 0, 0, "Nøkler for fordeling", stiler.hent("tittel"))
    ark.set_row(0, 30)
    row = _section(ark, 2, "Slik gjør du", _STEPS, stiler)
    row = _section(ark, row + 1, "Eksempler", _EXAMPLES, stiler)
    for navn in (ENHETER, NOKLER, GRUNNLAG):
        lines = [(column.overskrift, column.hjelp) for column in KOLONNER[navn]]
        row = _section(ark, row + 1, f"Kolonnene i arket {navn}", lines, stiler)
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)


def _section(ark: Worksheet, row: int, title: str, lines: Sequence[tuple[str, str]], stiler: Stiler) -> int:
    skriv_celle(ark, row, 0, title, stiler.hent("seksjon"))
    skriv_celle(ark, row, 1, None, stiler.hent("seksjon"))
    for at, (name, text) in enumerate(lines, row + 1):
        skriv_celle(ark, at, 0, name, stiler.hent("navn"))
        skriv_celle(ark, at, 1, text, stiler.hent("brytes"))
        ark.set_row(at, row_height(max(lines_needed(text, _WIDTH), lines_needed(name, 34))))
    return row + len(lines) + 1
