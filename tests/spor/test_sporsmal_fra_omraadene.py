"""De 960 spørsmålene fra tjenesteområdene og brevet: treffet skal ikke falle, og ingen sikre svar skal være feil."""

from __future__ import annotations

import pytest

from bench import brev, sporsmal
from kontoplan.usecases.spor import spor

LEAST = {"utvikling": 0.90, "prove": 0.78}
MOST_WRONG = {"utvikling": 0, "prove": 3}


def test_the_letter_is_answered_right_and_never_wrong_with_certainty() -> None:
    found = [sporsmal.letter(case) for case in brev.cases()]
    measured = [(ok, svar) for ok, svar in found if ok is not None]
    assert sum(ok for ok, _ in measured) / len(measured) >= 0.97
    assert not [svar.sporsmal for ok, svar in measured if not ok and svar.status == "sikker"]


@pytest.mark.parametrize("sett", ["utvikling", "prove"])
def test_the_questions_are_answered_as_well_as_before(sett: str) -> None:
    cases = sporsmal.cases(sett)
    verdicts = [(case, svar, sporsmal.checks(case, svar)) for case in cases for svar in [spor(case["sporsmal"])]]
    assert sum(all(v.values()) for _, _, v in verdicts) / len(cases) >= LEAST[sett]
    assert sum(sporsmal.confidently_wrong(case, svar) for case, svar, _ in verdicts) <= MOST_WRONG[sett]


def test_every_question_has_a_source_and_codes_that_exist() -> None:
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - bare her

    kodeverk = Kodeverk.for_aar(2026)
    listed = sporsmal.cases()
    assert len(listed) == len({case["sporsmal"] for case in listed}) == 960
    assert {sum(c["omraade"] == area for c in listed) for area in {c["omraade"] for c in listed}} == {60}
    for case in listed:
        assert case["kilde"]
        for dimension in ("funksjon", "art"):
            codes = case.get(dimension, {}).get("koder", [])
            assert all(kodeverk.finnes(dimension, kode) for kode in codes), case
