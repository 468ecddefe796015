"""«Hvor føres dette?»: svarene."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontoplan import spor
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.svar import Svar

FIELDS = {
    "sporsmal", "aar", "status", "funksjon", "art", "kontoklasse", "fordeling", "avklaring", "begrunnelse", "tidligere",
}  # fmt: skip


def best(svar: Svar) -> tuple[str | None, str | None]:
    return (svar.funksjon[0].kode if svar.funksjon else None, svar.art[0].kode if svar.art else None)


@pytest.mark.parametrize(
    ("question", "funksjon", "art"),
    [
        ("ordføreren har kjøpt ny mobil", "100", "200"),
        ("vikarbyrå sykehjem", "253", "271"),
        ("kven betaler tolk på helsestasjonen", "232", "272"),
        ("strøm skole", "222", "180"),
        ("mat til beboerne på sykehjemmet", "253", "115"),
        ("foreldrebetaling SFO", "215", "600"),
        ("bleier i barnehagen", "201", "120"),
    ],
)
def test_what_is_bought_gives_the_art_and_where_gives_the_function(question: str, funksjon: str, art: str) -> None:
    assert best(spor(question)) == (funksjon, art)


def test_only_the_dimension_asked_for_is_answered() -> None:
    assert best(spor("strøm skole, hvilken art?")) == (None, "180")
    assert best(spor("strøm skole, hvilken funksjon?")) == ("222", None)
    assert best(spor("sykehjem")) == ("253", None)


def test_the_form_is_the_one_promised() -> None:
    svar = spor("PPT betjener barnehager, grunnskole og voksne. Hvilke funksjoner?").as_dict()
    assert set(svar) == FIELDS
    assert svar["status"] == "fordeles"
    listed = json.loads(json.dumps(svar))
    assert [f["kode"] for f in listed["funksjon"]] == [f["kode"] for f in listed["fordeling"]] == ["202", "211", "213"]
    assert set(listed["fordeling"][0]) == {"dimensjon", "kode", "andel", "grunnlag"}
    assert set(listed["begrunnelse"][0]) == {"bevis", "id", "melding", "kilde", "gjelder"}
    assert listed["begrunnelse"][0]["id"] == "brev.opplaering-ppt-fordeling"
    assert listed["begrunnelse"][0]["gjelder"] == "1998–"


def test_a_rule_that_must_be_settled_is_asked_about() -> None:
    svar = spor("Kommunen har festetomter. Hvilken funksjon?")
    assert svar.status == "avhenger"
    assert {kode for valg in svar.avklaring[0].svar for _, kode in valg.gir} == {"315", "320", "325"}
    assert set(svar.avklaring[0].as_dict()) == {"sporsmal", "svar"}


def test_near_misses_and_what_it_was_before_are_told() -> None:
    svar = spor("vikarbyrå sykehjem")
    assert any(g.melding.startswith("Ikke art 020") for g in svar.begrunnelse)
    assert {"til_og_med": 2025, "art": ["270"]} in [t.as_dict() for t in svar.tidligere]
    assert best(spor("vikarbyrå sykehjem", aar=2025))[1] == "270"


def test_a_bare_code_is_explained() -> None:
    svar = spor("270?")
    assert [f.kode for f in svar.art] == ["271", "272"]
    assert "gikk ut etter 2025" in svar.setning
    assert spor("art 271").tidligere[0].as_dict() == {"til_og_med": 2025, "art": ["270"]}
    assert spor("999").status == "ukjent"
    both = spor("100")
    assert (both.status, best(both)) == ("avhenger", ("100", "100"))


def test_what_is_only_internal_has_no_code_to_report() -> None:
    svar = spor("internkjøp")
    assert (svar.status, svar.art, svar.avklaring) == ("avhenger", (), ())
    assert "rapporteres ikke" in svar.setning
    assert spor("art 290").art == ()


def test_a_fee_the_kommune_pays_is_an_expense() -> None:
    assert best(spor("byggesaksgebyr, hvilken art?"))[1] == "620"
    assert best(spor("byggesaksgebyr for egen barnehage, kommunen betaler, hvilken art?"))[1] == "195"


def test_naming_a_code_is_not_asking_for_the_dimension() -> None:
    svar = spor("kan vi føre rammetilskudd på funksjon 202?")
    assert svar.setning.startswith("Dette skal ikke føres slik")
    assert best(svar) == ("840", "800")


def test_what_is_forbidden_is_said_first() -> None:
    svar = spor("momskompensasjon på funksjon 202 i investering")
    assert svar.setning.startswith("Dette skal ikke føres slik")
    assert best(svar) == ("841", "729")
    assert svar.kontoklasse == "0"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "?", "asdf qwer zxcv", "the quick brown fox jumps", "was ist das", "'; DROP TABLE users; --", "🚗🚗🚗",
     "Ola Nordmann", "SELECT * FROM a", "\x00\x1b[31m", "ДОБРЫЙ ДЕНЬ"],
)  # fmt: skip
def test_what_is_not_understood_is_unknown(text: str) -> None:
    svar = spor(text)
    assert (svar.status, svar.funksjon, svar.art, svar.avklaring) == ("ukjent", (), (), ())
    assert svar.setning.startswith("Det vet jeg ikke")


def test_a_personal_number_is_hidden_in_every_part_of_the_answer() -> None:
    svar = spor("støttekontakt til Kari 01017012345")
    assert best(svar) == ("234", "050")
    assert "01017012345" not in repr(svar)
    assert any("fødselsnummer" in note for note in svar.merknader)


def test_very_long_text_is_answered_politely() -> None:
    svar = spor("strøm til skolen " + "bla " * 30_000)
    assert len(svar.sporsmal) <= 2_000
    assert any("bare de første" in note for note in svar.merknader)


def test_nonsense_in_a_year_is_an_error_to_correct() -> None:
    with pytest.raises(UserError, match="finnes ikke i kodelistene"):
        spor("strøm", aar=1990)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_an_honest_answer(text: str) -> None:
    svar = spor(text)
    assert svar.setning
    assert len(svar.avklaring) <= 2
    for dimension in (svar.funksjon, svar.art):
        chances = [f.sannsynlighet for f in dimension]
        assert all(0 <= p <= 1 for p in chances)
        if svar.status != "avhenger":
            assert chances == sorted(chances, reverse=True)
    assert json.dumps(svar.as_dict())
