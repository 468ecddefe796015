from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.text.lexicon import lexicon, load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(data_path("rules/ord"), tmp_path / "ord")


def test_ordlistene_som_folger_med_kan_leses(folder: Path) -> None:
    assert load(folder) == lexicon()
    assert lexicon().phrases["adm.bygg"] == "administrasjonsbygg"


@pytest.mark.parametrize(
    ("name", "lines", "melding"),
    [
        (
            "nynorsk.csv",
            "fra,til\nløn,lønn\n",
            "Ordlisten nynorsk.csv mangler kolonnen plass i linje 1; hent filen på nytt.",
        ),
        (
            "ledd.csv",
            "ledd,antall\nskole,3\n,4\n",
            "Ordlisten ledd.csv har tom ledd i linje 3; fyll ut eller slett linjen.",
        ),
        (
            "ledd.csv",
            "ledd,antall\nskole,3\nbarn,mange\n",
            "Ordlisten ledd.csv har en verdi som ikke kan brukes i linje 3 (barn); hent filen på nytt.",
        ),
        (
            "nynorsk.csv",
            "fra,til,plass,sikkerhet\nløn,lønn,midt,kunnskap\n",
            "Ordlisten nynorsk.csv har en verdi som ikke kan brukes i linje 2 (løn); hent filen på nytt.",
        ),
        ("forkortelser.csv", "", "Ordlisten forkortelser.csv mangler kolonnen form i linje 1; hent filen på nytt."),
    ],
)
def test_en_odelagt_ordliste_sier_hvilken_fil_og_linje(folder: Path, name: str, lines: str, melding: str) -> None:
    (folder / name).write_text(lines, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(folder)
    assert error.value.message == melding
    assert error.value.code == "ugyldig-ordliste"


def test_avkortede_ord_fylles_ut_med_det_vanligste_leddet() -> None:
    assert lexicon().complete("redn") == "redning"
    assert lexicon().complete("red") is None
    assert lexicon().complete("xyzqw") is None
