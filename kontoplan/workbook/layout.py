"""Utseendet: skrift, farger og tallformater, og cellene som bruker dem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kontoplan.status import STATUSER
from kontoplan.workbook.cells import safe_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.sak import Status

Celle = str | float | None
"""Innholdet i en celle: tekst, tall eller ingenting."""

MORK: Final = "#1F3A5F"
_GRA: Final = "#4B5563"
_STREK: Final = "#DDE2E8"
STOLPE: Final = "#D3E2F2"
PAPIR_A3: Final = 8
PAPIR_A4: Final = 9
_FYLL_UT: Final = "#FFFBE6"
_FYLL_UT_HODE: Final = "#7A4B00"
_LINJEHOYDE: Final = 13.0
_TEGN_PER_BREDDE: Final = 1.25  # vanlig tekst er smalere enn sifrene Excel måler kolonner i
_HOYEST: Final = 409.0  # Excels grense for en rad, i punkt

# Sannsynligheter som nesten er 0 eller 1, skal ikke se ut som sikre.
_PROSENT: Final = '[>=0.995]"> 99 %";[<0.005]"< 1 %";0 %'
_TABELL: Final = {"font_size": 10, "valign": "top", "bottom": 1, "bottom_color": _STREK}
_TALL: Final = {"align": "right", "indent": 1}
_OVERSKRIFT: Final = {
    "bold": True, "font_color": "#FFFFFF", "bg_color": MORK, "valign": "vcenter", "text_wrap": True, "font_size": 10,
}  # fmt: skip

STILER: Final[dict[str, dict[str, Any]]] = {
    "tittel": {"font_size": 20, "bold": True, "font_color": MORK},
    "undertittel": {"font_size": 12, "font_color": _GRA},
    "seksjon": {"font_size": 13, "bold": True, "font_color": MORK, "bottom": 2, "bottom_color": MORK},
    "hode": _OVERSKRIFT,
    "hode_tall": _OVERSKRIFT | _TALL,
    "hode_midt": _OVERSKRIFT | {"align": "center"},
    "hode_fylles_ut": _OVERSKRIFT | {"bg_color": _FYLL_UT_HODE},
    "fylles_ut": _TABELL | {"num_format": "@", "text_wrap": True, "bg_color": _FYLL_UT},
    "andel_fylles_ut": _TABELL | {"num_format": "0.## %", "bg_color": _FYLL_UT} | _TALL,
    "kroner_fylles_ut": _TABELL | {"num_format": "#,##0.00", "bg_color": _FYLL_UT} | _TALL,
    "tekst": _TABELL | {"num_format": "@"},
    "brytes": _TABELL | {"num_format": "@", "text_wrap": True},
    "navn": _TABELL | {"num_format": "@", "text_wrap": True, "bold": True},
    "kode": _TABELL | {"num_format": "@", "bold": True, "font_color": MORK},
    "dempet": _TABELL | {"num_format": "@", "font_color": _GRA, "text_wrap": True},
    "heltall": _TABELL | {"num_format": "#,##0"} | _TALL,
    "radnummer": _TABELL | {"num_format": "0", "font_color": _GRA} | _TALL,
    "belop": _TABELL | {"num_format": "#,##0"} | _TALL,
    "kroner": _TABELL | {"num_format": "#,##0.00"} | _TALL,
    "sum_kroner": _TABELL | {"bold": True, "num_format": "#,##0.00", "top": 1, "top_color": MORK} | _TALL,
    "noyaktig_andel": _TABELL | {"num_format": "0.0000 %"} | _TALL,
    "vanlig_andel": _TABELL | {"num_format": "0.0 %"} | _TALL,
    "tall": _TABELL | {"num_format": "#,##0.##"} | _TALL,
    "kroner_venstre": _TABELL | {"num_format": "#,##0.00", "align": "left"},
    "heltall_venstre": _TABELL | {"num_format": "#,##0", "align": "left"},
    "nummer_venstre": _TABELL | {"num_format": "0", "align": "left"},
    "tall_venstre": _TABELL | {"num_format": "0.####", "align": "left"},
    "andel": _TABELL | {"num_format": _PROSENT} | _TALL,
    "sannsynlighet": _TABELL | {"num_format": _PROSENT} | _TALL,
    "status": _TABELL | {"num_format": "@", "bold": True},
    "sum_tekst": _TABELL | {"bold": True, "top": 1, "top_color": MORK},
    "sum_tall": _TABELL | {"bold": True, "num_format": "#,##0", "top": 1, "top_color": MORK} | _TALL,
    "sum_andel": _TABELL | {"bold": True, "num_format": "0 %", "top": 1, "top_color": MORK} | _TALL,
    "rute_tall": {"font_size": 16, "bold": True, "align": "center", "valign": "vcenter", "num_format": "#,##0"},
    "rute_tekst": {"font_size": 10, "align": "center", "num_format": "@"},
    "lenke": _TABELL | {"font_color": "#0B4FA0", "underline": 1},
}
"""Cellestilene ved navn, som egenskaper til XlsxWriter."""

# Hva en celle får når et vilkår er oppfylt. Varseltegnet står i tallformatet, så meningen ikke bare er en farge.
_BETINGET: Final[dict[str, dict[str, Any]]] = {
    "strek": {"bottom": 1, "bottom_color": _STREK},
    "fylles_ut": {"bg_color": _FYLL_UT},
    "ugyldig": {"num_format": '"⚠ "@', "font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True},
    "feil": {"font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True},
    "mangler": {"border": 1, "border_color": "#9C0006", "bg_color": "#FFC7CE"},
    "utfylt": {"font_color": "#14532D", "bg_color": "#DDF0E0", "bold": True},
    "skjev_andel": {"num_format": '"⚠ "0.## %', "font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True},
}

BRYTES: Final = frozenset(navn for navn, stil in STILER.items() if stil.get("text_wrap"))
"""Stilene der lang tekst går over flere linjer."""
FYLLES_UT: Final = frozenset({"fylles_ut", "andel_fylles_ut", "kroner_fylles_ut"})
"""Stilene for celler leseren skal fylle ut."""
TALLSTILER: Final = frozenset(
    {"heltall", "radnummer", "belop", "kroner", "noyaktig_andel", "vanlig_andel", "tall", "andel", "sannsynlighet"}
)
"""Stilene med høyrestilte tall; overskriften over dem høyrestilles også."""


class Stiler:
    """Formatene i én arbeidsbok; hvert lages første gang det trengs.

    Args:
        bok: Arbeidsboken formatene hører til.
    """

    def __init__(self, bok: Workbook) -> None:
        self._bok = bok
        self._formater: dict[tuple[str, Status | None], Format] = {}

    def hent(self, stil: str, status: Status | None = None) -> Format:
        """Formatet for en stil, farget etter ``status`` der stilen er farget."""
        nokkel = (stil, status)
        if nokkel not in self._formater:
            self._formater[nokkel] = self._bok.add_format(STILER[stil] | _etter_status(stil, status))
        return self._formater[nokkel]

    def kolonne(self, stil: str) -> Format | None:
        """Formatet for hele kolonnen; bare der leseren skal skrive, så en kode med nuller foran forblir tekst."""
        if stil not in FYLLES_UT:
            return None
        egenskaper = {navn: STILER[stil][navn] for navn in ("num_format", "font_size", "valign")}
        return self._bok.add_format(egenskaper | {"text_wrap": "text_wrap" in STILER[stil]})

    def betinget(self, navn: str) -> Format:
        """Formatet en celle får når et vilkår er oppfylt."""
        return self._bok.add_format(_BETINGET[navn])


def skriv_celle(ark: Worksheet, rad: int, kolonne: int, verdi: Celle, stil: Format) -> None:
    """Skriver én celle; tekst blir alltid tekst, aldri formel, lenke eller tall. ``rad`` og ``kolonne`` er 0-baserte."""
    if isinstance(verdi, str) and (tekst := safe_text(verdi)):
        ark.write_string(rad, kolonne, tekst, stil)
    elif verdi is None or isinstance(verdi, str):
        ark.write_blank(rad, kolonne, None, stil)
    else:
        ark.write_number(rad, kolonne, verdi, stil)


def lines_needed(text: str, bredde: int) -> int:
    """Antall linjer en tekst trenger i en kolonne som er ``bredde`` tegn."""
    plass = int(bredde * _TEGN_PER_BREDDE)
    if "\n" not in text:
        return -(-len(text) // plass) or 1
    return sum([-(-len(line) // plass) or 1 for line in text.split("\n")])


def row_height(linjer: int) -> float:
    """Radhøyden i punkt; settes fast fordi ikke alle regneark regner den ut når filen åpnes."""
    return min(_HOYEST, linjer * _LINJEHOYDE + 2)


def sideoppsett(ark: Worksheet, papir: int, *, gjenta_overskrift: bool) -> None:
    """Liggende ark, én side i bredden, navn og sidetall nederst."""
    ark.set_landscape()
    ark.set_paper(papir)
    ark.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    ark.fit_to_pages(1, 0)
    ark.set_footer("&L&8&F&C&8&A&R&8Side &P av &N")
    ark.hide_gridlines(2)
    if gjenta_overskrift:
        ark.repeat_rows(0)


def _etter_status(stil: str, status: Status | None) -> dict[str, Any]:
    if status is None:
        return {}
    if stil in {"status", "rute_tall", "rute_tekst"}:
        return {"bg_color": STATUSER[status].fyll, "font_color": STATUSER[status].skrift}
    if stil == "sannsynlighet" and status == "avgjort":
        return {"num_format": "0 %"}
    return {}
