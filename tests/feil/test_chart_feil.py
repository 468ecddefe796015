"""Hver feil en bruker kan gjøre med en kontoplan, har en fil som gjenskaper den og den nøyaktige meldingen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kontoplan.chart import files, read_charts
from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
CHART = HERE.parent.parent / "kontoplan" / "chart"
CASES = sorted(
    path.parent.name for path in HERE.glob("*/kall.json") if "fil" in json.loads(path.read_text(encoding="utf-8"))
)


def message_of(path: Path, **call: str | list[str] | None) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        read_charts([path], kodeverk=Kodeverk.for_aar(2026, "kommune"), **call)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("case", CASES)
def test_the_message_is_exactly_the_golden_one(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = HERE / case
    call = json.loads((folder / "kall.json").read_text(encoding="utf-8"))
    monkeypatch.chdir(folder)
    path = Path(call["fil"] or call["sti"])
    code, message = message_of(path, ark=call.get("ark"), kolonner=call.get("kolonner"))
    assert case.startswith(code)
    assert message + "\n" == (folder / "melding.txt").read_text(encoding="utf-8")


def huge_file(folder: Path, _: pytest.MonkeyPatch) -> Path:
    path = folder / "kontoplan.csv"
    with path.open("wb") as stream:
        stream.truncate(61_000_000)
    return path


def huge_field(folder: Path, _: pytest.MonkeyPatch) -> Path:
    path = folder / "kontoplan.csv"
    path.write_text('Konto;Navn\n1010;"' + "x" * 1_100_000 + "\n", encoding="utf-8")
    return path


def many_cells(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    patch.setattr(files, "MAX_CELLS", 3)
    path = folder / "kontoplan.xlsx"
    path.write_bytes((HERE / "ukjent-ark" / "kontoplan.xlsx").read_bytes())
    return path


def unreadable(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    path = folder / "kontoplan.xlsx"
    path.write_bytes(b"x")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    patch.setattr(Path, "read_bytes", refuse)
    return path


def disk_error(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    path = unreadable(folder, patch)

    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    patch.setattr(Path, "read_bytes", fail)
    return path


GENERATED: dict[str, tuple[Callable[[Path, pytest.MonkeyPatch], Path], str]] = {
    "for-stor-fil": (
        huge_file,
        "kontoplan.csv er på 61 MB, og grensen er 60 MB; ta ut bare kontoplanen i en egen fil.",
    ),
    "uleselig-tekstfil": (
        huge_field,
        (
            "kontoplan.csv kan ikke leses som tabell: rad 2 har anførselstegn som ikke går opp eller et felt over 1 MB; åpne filen i Excel og "
            "lagre den på nytt som .xlsx."
        ),
    ),
    "for-mange-ruter": (
        many_cells,
        "Arket «Arter» i kontoplan.xlsx har over 3 utfylte ruter; ta ut bare kontoplanen i en egen fil.",
    ),
    "ingen-tilgang": (
        unreadable,
        "Får ikke lese kontoplan.xlsx; gi deg selv lesetilgang eller kopier filen til din egen mappe.",
    ),
    "lesefeil": (
        disk_error,
        "Kan ikke lese kontoplan.xlsx: Input/output error; kopier filen til din egen disk og prøv igjen.",
    ),
}


@pytest.mark.parametrize("code", sorted(GENERATED))
def test_errors_whose_file_is_made_here(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, wanted = GENERATED[code]
    path = make(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    assert message_of(Path(path.name)) == (code, wanted)


def test_every_error_code_in_the_reader_has_a_case() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in CHART.glob("*.py"))
    codes = set(re.findall(r'code="([a-zæøå-]+)"', source))
    covered = {code for code in codes if code in GENERATED or any(case.startswith(code) for case in CASES)}
    assert codes == covered
