"""Tjenesteområdene: brutto og netto, trolig feilført, og hva rettingene gjør, regnet for hånd på en liten hovedbok."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import pytest
from revisjonshjelp import area, audit, busy_unit, first_extra

from kontoplan.revisjon.funn import Funn
from kontoplan.revisjon.vesentlighet import UTENFOR, Vekt, areas

if TYPE_CHECKING:
    from pathlib import Path

# Hver linje i ``right()`` er tolv måneder, og måned m er 7·m kroner større: 7 · (1 + … + 12) = 546 kroner over året.
_MORE = 546
SCHOOL = 12 * (250_000 + 35_000 + 8_000 + 2_100 + 4_300) + 5 * _MORE
NEW_SCHOOL = 12 * (500_000 + 90_000) + 2 * _MORE
NURSERY = 12 * (180_000 + 25_000 + 6_500 + 1_400) + 4 * _MORE
CARE = 12 * (21_000 + 400_000 + 9_000) + 3 * _MORE
FEES = -12 * 30_000 + _MORE


def test_gross_and_net_by_hand(tmp_path: Path) -> None:
    answer = audit(tmp_path)
    found = {o.navn: (o.brutto_ore, o.netto_ore) for o in answer.omraader}
    assert found == {
        "Barnehage": (NURSERY * 100, NURSERY * 100),
        "Grunnskole": ((SCHOOL + NEW_SCHOOL) * 100, SCHOOL * 100),  # netto er bare drift
        "Pleie og omsorg": (CARE * 100, (CARE + FEES) * 100),  # inntekter går fra i netto
    }


def test_finance_is_neither_gross_nor_net_but_depreciation_is_net(tmp_path: Path) -> None:
    extra = [
        (6, ("15000", "700", "25300", "", "Renter", "", 9_000.0)),
        (6, ("15900", "700", "25300", "", "Avskrivninger", "", 4_000.0)),
        (6, ("19700", "700", "25300", "", "Bruk av fond", "", -2_000.0)),
    ]
    care = area(audit(tmp_path, extra), "Pleie og omsorg")
    assert (care.brutto_ore, care.netto_ore) == (CARE * 100, (CARE + FEES + 4_000) * 100)


def test_the_amount_is_measured_against_the_area_and_the_whole(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))])
    (finding,) = [f for f in answer.funn if f.rad == first_extra()]
    nursery = NURSERY + 6_100
    assert finding.vesentlighet == pytest.approx(
        6_100 / sqrt(nursery * (nursery + SCHOOL + NEW_SCHOOL + CARE)), rel=1e-9
    )


def test_likely_misstatement_is_probability_times_amount(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))])
    (finding,) = [f for f in answer.funn if f.rad == first_extra()]
    nursery = area(answer, "Barnehage")
    assert (nursery.funn, nursery.trolig_galt_ore) == (1, round(finding.sannsynlighet * 610_000))
    assert nursery.retting_ore == 0  # en annen art på samme funksjon endrer ikke netto


def test_moving_between_functions_moves_net_between_areas(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11150", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_000)), *busy_unit()])
    (finding,) = [f for f in answer.funn if f.rad == first_extra() and f.foreslatt.get("funksjon") == "201"]
    expected = round(finding.sannsynlighet * 600_000)
    assert area(answer, "Barnehage").retting_ore == expected
    assert area(answer, "Pleie og omsorg").retting_ore == -expected


def finding(ore: int, p: float, fort: tuple[str, str, str], foreslatt: dict[str, str], **given: object) -> Funn:
    """Et funn i grunnskolen med det som har noe å si for områdene."""
    values = {"funn": "R", "rad": 2, "omraade": "Grunnskole"} | given
    return Funn(
        alvor="ADVARSEL", fil="", ark="", bilag="", dato=None, fort=dict(zip(("kontoklasse", "funksjon", "art"), fort, strict=True)),
        foreslatt=foreslatt, konto="", ansvar="", tekst="", leverandor="", ore=ore, sannsynlighet=p, vesentlighet=0.0, melding="", kilde="", **values,  # type: ignore[arg-type]
    )  # fmt: skip


SCALE = Vekt(100_000, {"Grunnskole": 80_000, "Landbruk": 20_000}, {})


def corrections(*found: Funn) -> dict[str, int]:
    """Hva rettingene gjør med netto driftsutgifter, områdene det gjelder."""
    return {o.navn: o.retting_ore for o in areas(found, SCALE, "1", ["R-DUBLETT"]) if o.retting_ore}


def test_from_drift_to_investering_takes_the_amount_out_of_net_and_the_reverse_puts_it_in() -> None:
    assert corrections(finding(1_000, 0.8, ("1", "202", "200"), {"kontoklasse": "0"})) == {"Grunnskole": -800}
    assert corrections(finding(1_000, 0.8, ("0", "202", "200"), {"kontoklasse": "1"})) == {"Grunnskole": 800}
    assert corrections(finding(1_000, 0.8, ("0", "202", "200"), {"funksjon": "329"})) == {}  # ikke drift i noe område


def test_a_double_posting_goes_out() -> None:
    assert corrections(finding(1_000, 0.6, ("1", "202", "200"), {}, funn="R-DUBLETT")) == {"Grunnskole": -600}


def test_an_art_outside_net_moved_into_it_counts() -> None:
    assert corrections(finding(1_000, 0.5, ("1", "202", "550"), {"art": "200"})) == {"Grunnskole": 500}


def test_a_row_is_corrected_once_by_the_most_likely_finding_that_moves_something() -> None:
    art = finding(1_000, 0.9, ("1", "202", "200"), {"art": "195"})
    function = finding(1_000, 0.7, ("1", "202", "200"), {"funksjon": "329"})
    unlikely = finding(1_000, 0.2, ("1", "202", "200"), {"kontoklasse": "0"})
    (school, farming) = areas((art, function, unlikely), SCALE, "1")
    assert (school.funn, school.trolig_galt_ore, school.retting_ore) == (1, 900, -700)
    assert (farming.funn, farming.trolig_galt_ore, farming.retting_ore) == (0, 0, 700)


def test_outside_the_areas_only_the_whole_counts() -> None:
    assert SCALE.materiality(1_000, UTENFOR) == pytest.approx(0.01)
    assert SCALE.materiality(1_000, "Landbruk") == pytest.approx(1_000 / sqrt(100_000 * 20_000))
