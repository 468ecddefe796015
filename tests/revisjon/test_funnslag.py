"""Hvert funnslag: det som skal finnes, og det nesten like som ikke skal det."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prover import PROVER
from revisjonshjelp import audit, busy_unit, first_extra, of_kind

from kontoplan.revisjon.slag import SLAG

if TYPE_CHECKING:
    from prover import Prove

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "revisjon.md").read_text(encoding="utf-8")


def test_a_right_ledger_has_no_likely_findings(tmp_path: Path) -> None:
    answer = audit(tmp_path)
    assert [(f.funn, f.melding) for f in answer.funn if f.sannsynlighet >= 0.5] == []
    assert not answer.har_feil


@pytest.mark.parametrize("kind", SLAG, ids=lambda k: k.id)
def test_every_kind_has_a_section_on_the_page(kind: object) -> None:
    assert re.search(rf"^### {re.escape(kind.id)}$", PAGE, re.MULTILINE)  # type: ignore[attr-defined]


def test_no_section_is_about_a_kind_that_does_not_exist() -> None:
    assert set(re.findall(r"^### (R-\S+)$", PAGE, re.MULTILINE)) == {kind.id for kind in SLAG}


def test_every_kind_has_rows_that_hit_and_rows_that_nearly_do() -> None:
    assert {prove.slag for prove in PROVER} == {kind.id for kind in SLAG}
    assert all(prove.treffer and prove.nesten for prove in PROVER)


@pytest.mark.parametrize("prove", PROVER, ids=lambda prove: prove.slag)
def test_the_kind_hits_what_it_is_about_and_not_what_is_nearly_that(tmp_path: Path, prove: Prove) -> None:
    hit = audit(tmp_path, [*prove.treffer, *prove.felles])
    found = [f for f in hit.funn if prove.slag in {f.funn, *re.findall(r"Det samme sier (R-[A-Z-]+)", f.melding)}]
    assert {f.rad for f in found} & {first_extra() + at for at in range(len(prove.treffer))}
    near = audit(tmp_path, [*prove.nesten, *prove.felles])
    rows = {first_extra() + at for at in range(len(prove.nesten))}
    assert [f.melding for f in of_kind(near, prove.slag) if f.rad in rows] == []


def test_an_expired_art_is_an_error_with_its_successors(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(3, ("12700", "500", "20200", "", "Vikarbyrå", "Vikar AS", 12_000))])
    (finding,) = of_kind(answer, "R-GYLDIG")
    assert (finding.rad, finding.alvor, finding.fort["art"]) == (first_extra(), "FEIL", "270")
    assert "271" in finding.melding
    assert "272" in finding.melding
    assert answer.har_feil


def test_a_function_that_never_existed_is_an_error(tmp_path: Path) -> None:
    (finding,) = of_kind(
        audit(tmp_path, [(3, ("11000", "500", "02200", "", "Kontorrekvisita", "Papir AS", 900))]), "R-GYLDIG"
    )
    assert finding.fort["funksjon"] == "02200"
    assert "tastefeil" in finding.melding


def test_internal_codes_are_not_invalid(tmp_path: Path) -> None:
    answer = audit(
        tmp_path,
        [
            (3, ("11000", "900", "19000", "", "Kontorrekvisita", "Papir AS", 900)),
            (4, ("16900", "900", "19000", "", "Fordelt", "", -900)),
        ],
    )
    assert of_kind(answer, "R-GYLDIG") == []


def test_a_refused_combination_names_the_control(tmp_path: Path) -> None:
    (finding,) = of_kind(
        audit(tmp_path, [(5, ("18000", "500", "20200", "", "Rammetilskudd", "", -50_000))]), "R-KOMBINASJON"
    )
    assert "kontroll 080" in finding.kilde
    assert finding.alvor == "FEIL"


def test_the_same_art_on_its_own_function_is_fine(tmp_path: Path) -> None:
    assert (
        of_kind(audit(tmp_path, [(5, ("18000", "900", "84000", "", "Rammetilskudd", "", -50_000))]), "R-KOMBINASJON")
        == []
    )


def test_an_illogical_combination_is_worth_a_look_but_no_error(tmp_path: Path) -> None:
    (finding,) = of_kind(audit(tmp_path, [(5, ("15200", "500", "20200", "", "Utlån", "", 50_000))]), "R-ULOGISK")
    assert finding.alvor == "INFO"
    assert "kontroll 035" in finding.kilde


def test_food_on_the_account_for_training_is_found_with_the_right_art(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))])
    findings = [f for f in answer.funn if f.rad == first_extra() and f.foreslatt.get("art") == "115"]
    assert findings
    assert findings[0].sannsynlighet > 0.9
    assert "andre posteringer" in findings[0].melding


def test_what_is_booked_in_two_ways_all_year_is_not_a_likely_error(tmp_path: Path) -> None:
    both = [(m, ("11200", "600", "20100", "", "Samleavtale", "Blandet AS", 700 + m)) for m in range(1, 13)]
    both += [(m, ("12000", "600", "20100", "", "Samleavtale", "Blandet AS", 4_700 + m)) for m in range(1, 13)]
    answer = audit(tmp_path, both)
    assert [f.melding for f in answer.funn if f.rad >= first_extra() and f.sannsynlighet >= 0.5] == []


def test_a_function_the_unit_never_uses_is_found(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11150", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_100)), *busy_unit()])
    findings = [f for f in answer.funn if f.rad == first_extra() and "funksjon" in f.foreslatt]
    assert [f.foreslatt["funksjon"] for f in findings] == ["201"]


def test_operations_booked_as_investment_is_found(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("01150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))])
    (finding,) = of_kind(answer, "R-DRIFT-INVESTERING")
    assert (finding.rad, finding.foreslatt) == (first_extra(), {"kontoklasse": "1"})


def test_depreciation_follows_the_assets_and_not_the_unit(tmp_path: Path) -> None:
    year_end = [
        (12, ("15900", "930", f"{f}00", "", "Avskrivning", "", 10_000))
        for f in ("202", "201", "253", "332", "340", "222")
    ]
    answer = audit(tmp_path, year_end)
    assert [f.funn for f in answer.funn if f.rad >= first_extra() and f.sannsynlighet >= 0.2] == []


def test_a_service_unit_that_is_not_emptied_is_one_finding_with_the_sum(tmp_path: Path) -> None:
    extra = [(m, ("11000", "900", "19000", "", "Kontorrekvisita", "Papir AS", 1_000)) for m in range(1, 13)]
    (finding,) = of_kind(audit(tmp_path, extra), "R-INTERN-FUNKSJON")
    assert (finding.belop, finding.sum, finding.alvor) == (12_000.0, True, "FEIL")
    emptied = [*extra, (12, ("16900", "900", "19000", "", "Fordelt ut", "", -12_000))]
    (months,) = of_kind(audit(tmp_path, emptied), "R-INTERN-FUNKSJON")
    assert (months.alvor, months.belop) == ("INFO", 11_000.0)
    assert "går i null for året, men ikke i hver måned" in months.melding


def test_internal_trade_must_meet(tmp_path: Path) -> None:
    bought = (3, ("12900", "500", "20200", "", "Internkjøp vaktmester", "", 7_000))
    (finding,) = of_kind(audit(tmp_path, [bought]), "R-INTERN-ART")
    assert finding.belop == 7_000
    assert (
        of_kind(
            audit(tmp_path, [bought, (3, ("17900", "600", "20100", "", "Internsalg vaktmester", "", -7_000))]),
            "R-INTERN-ART",
        )
        == []
    )


def test_a_ledger_that_ends_in_june_is_only_told_that_it_may_be_distributed_later(tmp_path: Path) -> None:
    from revisjonshjelp import right  # noqa: PLC0415 - bare her

    half = [(m, line) for m, line in right() if m <= 6]
    answer = audit(tmp_path, [(3, ("11000", "900", "19000", "", "Kontorrekvisita", "Papir AS", 1_000))], base=half)
    (finding,) = of_kind(answer, "R-INTERN-FUNKSJON")
    assert finding.alvor == "INFO"


def test_value_added_tax_must_meet_its_compensation(tmp_path: Path) -> None:
    paid = (3, ("14290", "500", "20200", "", "Merverdiavgift", "", 8_000))
    (finding,) = of_kind(audit(tmp_path, [paid]), "R-MVA")
    assert "202" in finding.melding
    assert (
        of_kind(audit(tmp_path, [paid, (3, ("17290", "500", "20200", "", "Kompensasjon", "", -8_000))]), "R-MVA") == []
    )


def test_a_lonely_expense_in_credit_is_worth_a_look(tmp_path: Path) -> None:
    many = [
        (m, ("11150", "600", "20100", "", f"Matvarer {n}", "Matgrossisten AS", 900 + 11 * m + n))
        for m in range(1, 13)
        for n in range(3)
    ]
    odd = (6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", -4_321))
    findings = of_kind(audit(tmp_path, [*many, odd]), "R-FORTEGN")
    assert [(f.rad, f.alvor) for f in findings] == [(first_extra() + len(many), "INFO")]
    corrected = [odd, (6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 4_321))]
    assert of_kind(audit(tmp_path, [*many, *corrected]), "R-FORTEGN") == []


def test_the_same_invoice_twice_is_found_and_a_corrected_one_is_not(tmp_path: Path) -> None:
    invoice = ("11050", "500", "20200", "", "Faktura 778812 lærebøker", "Skolebok AS", 15_400)
    twice = [(3, invoice), (4, invoice)]
    (finding,) = of_kind(audit(tmp_path, twice), "R-DUBLETT")
    assert finding.rad == first_extra() + 1
    corrected = [*twice, (5, (*invoice[:-1], -15_400))]
    assert of_kind(audit(tmp_path, corrected), "R-DUBLETT") == []
    other = [(3, invoice), (4, (*invoice[:4], "Faktura 778813 lærebøker", *invoice[5:]))]
    assert of_kind(audit(tmp_path, other), "R-DUBLETT") == []


def test_a_birth_number_is_found_and_never_shown(tmp_path: Path) -> None:
    number = "01017012345"
    answer = audit(tmp_path, [(3, ("14700", "500", "20200", "", f"Stønad {number}", f"Ola {number}", 5_000))])
    (finding,) = of_kind(answer, "R-FODSELSNUMMER")
    assert finding.rad == first_extra()
    assert number not in repr(answer)
    account = audit(tmp_path, [(3, ("14700", "500", "20200", "", "Til konto 1503.12.34567", "", 5_000))])
    assert of_kind(account, "R-FODSELSNUMMER") == []


def test_what_a_rule_forbids_is_found_with_the_rule(tmp_path: Path) -> None:
    (finding,) = of_kind(
        audit(tmp_path, [(12, ("15900", "500", "86000", "", "Avskrivninger", "", 50_000))]), "R-FORBUDT"
    )
    assert "regel" in finding.melding
    assert finding.kilde
    assert (
        of_kind(audit(tmp_path, [(12, ("15900", "500", "22200", "", "Avskrivninger", "", 50_000))]), "R-FORBUDT") == []
    )


def test_what_a_control_has_said_is_not_said_again_by_a_rule(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(5, ("18000", "500", "20200", "", "Rammetilskudd", "", -50_000))])
    assert of_kind(answer, "R-KOMBINASJON")
    assert of_kind(answer, "R-FORBUDT") == []


@pytest.mark.parametrize("kinds", [("R-REGEL", "R-TEKST-ART", "R-VANE-ART")])
def test_one_wrong_art_is_one_finding_about_the_art(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    answer = audit(tmp_path, [(6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))])
    assert sum(f.funn in kinds for f in answer.funn if f.rad == first_extra()) == 1


def test_text_alone_finds_an_art_no_one_has_used_it_for(tmp_path: Path) -> None:
    (finding,) = [
        f
        for f in audit(tmp_path, [(6, ("11500", "600", "20100", "", "Strøm", "Nytt Kraftlag SA", 6_100))]).funn
        if f.rad == first_extra()
    ]
    assert finding.funn in {"R-REGEL", "R-TEKST-ART"}
    assert finding.foreslatt == {"art": "180"}
