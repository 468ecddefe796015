"""Lager ``docs/kontroller/``: en side per kontroll, og en innholdsliste.

Kjøres med ``python -m kontoplan.training.control_pages MAPPE`` når kontrollene endres.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.kostra.format import FELTER, LENGDE
from kontoplan.kostra.kjoring import RECORDLENGDE, SIDE_001
from kontoplan.kostra.kontroller import KONTROLLER, REKKEFOLGE
from kontoplan.kostra.sumkontroll import Sumkontroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.kontroll import Kontroll, Side

_SLAG = {"aar": "årsregnskap (0A–0D, 0I–0Q)", "kirke": "kirke (0F, 0G)", "kvartal": "kvartal (0AK1–0DK4)"}
_FELTNAVN = {"aargang": "årgang", "funksjonsfelt": "funksjon/kapittel", "art": "art/sektor", "belop": "beløp"}
_KILDE = (
    "Formel, alvor og hvem den gjelder: SSBs kontrollprogram for KOSTRA (`statisticsnorway/kostra-kontrollprogram`), "
    "2026-utgaven (16.07.2026). Forklaringene er prosjektets egne (kunnskap)."
)


def pages() -> dict[str, str]:
    """Filnavn → innhold, med ``README.md`` som innholdsliste."""
    nummer, emne, alvor = RECORDLENGDE
    found = {"001.md": _page(nummer, emne, alvor, SIDE_001, _SLAG.values(), ())}
    for navn in sorted(KONTROLLER):
        kontroll = KONTROLLER[navn]
        kjores = [tekst for slag, tekst in _SLAG.items() if navn in REKKEFOLGE[slag]]  # type: ignore[index]
        found[f"{navn}.md"] = _page(
            kontroll.nummer, kontroll.emne, kontroll.alvor, kontroll.side, kjores, _krav(kontroll)
        )
    return {"README.md": _contents(), **found}


def _krav(kontroll: Kontroll) -> tuple[str, ...]:
    return tuple(krav.tekst for krav in kontroll.krav) if isinstance(kontroll, Sumkontroll) else ()


def _page(  # noqa: PLR0913, PLR0917 - det som står på siden
    nummer: str, emne: str, alvor: Alvorsregel, side: Side, kjores: object, krav: tuple[str, ...]
) -> str:
    return "\n".join(_lines(nummer, emne, alvor, side, list(kjores), krav)) + "\n"  # type: ignore[call-overload]


def _lines(  # noqa: PLR0913, PLR0917 - det samme
    nummer: str, emne: str, alvor: Alvorsregel, side: Side, kjores: list[str], krav: tuple[str, ...]
) -> Iterator[str]:
    yield f"# {nummer} {emne}"
    yield f"\n**Hva:** {side.hva}"
    yield f"\n**Hvorfor:** {side.hvorfor}"
    if krav:
        yield f"\n**I orden når:** {side.formel}."
        yield f"\n**Kravene:** {', '.join(krav)}. Ett funn for hele filen, uten linjenummer."
    else:
        yield f"\n**Funn når:** {side.formel}."
    yield f"\n**Gjelder:** {side.gjelder.removesuffix('.')}."
    yield f"\n**Kjøres for:** {', '.join(kjores)}."
    yield f"\n**Alvor:** {alvor.tekst}."
    yield f"\n**Slik retter du:** {side.rett}"
    yield f"\n<sub>{_KILDE}</sub>"


def _contents() -> str:
    lines = [
        "# Kontrollene",
        "",
        "Sidene er laget av kontrollene i `kontoplan/kostra/kontroller` og rettes der, ikke her. Hvordan de kjøres, står i",
        "[Kontrollene](../kontroller.md).",
        "",
        "| Nr | Emne | År | Kirke | Kvartal | Alvor |",
        "|---|---|---|---|---|---|",
        f"| [001](001.md) | {RECORDLENGDE[1]} | ✓ | ✓ | ✓ | {RECORDLENGDE[2].tekst} |",
    ]
    for navn in sorted(KONTROLLER):
        kontroll = KONTROLLER[navn]
        marks = " | ".join("✓" if navn in liste else "" for liste in REKKEFOLGE.values())
        lines.append(f"| [{kontroll.nummer}]({navn}.md) | {kontroll.emne} | {marks} | {kontroll.alvor.tekst} |")
    lines += ["", "## Filformatet", "", f"Hver linje er en post på {LENGDE} tegn.", ""]
    lines += ["| Felt | Posisjon | Innhold |", "|---|---|---|"]
    for felt in FELTER:
        last = f"–{felt.start + felt.lengde}" if felt.lengde > 1 else ""
        lines.append(f"| {_FELTNAVN.get(felt.navn, felt.navn)} | {felt.start + 1}{last} | {felt.innhold} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Skriver sidene til mappen i første argument og sletter sider for kontroller som er borte."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    found = pages()
    for old in folder.glob("*.md"):
        if old.name not in found:
            old.unlink()
    for name, content in found.items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
