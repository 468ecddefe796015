from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kontoplan import Kodeverk, UserError, koble
from kontoplan.lesing import Konto
from kontoplan.usecases.koble import judge_accounts

if TYPE_CHECKING:
    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.sak import Dimensjon, Regnskap, Vurdering

HERE = Path(__file__).parent
EKSEMPLER = HERE.parent / "eksempler"
NAVN = ["sogndal-2013", "demo-kommune-2026"]
FELT = {
    "fil": str,
    "ark": str,
    "rad": int,
    "dimensjon": str,
    "lokal_kode": str,
    "lokal_navn": str,
    "kontekst": dict,
    "kode": (str, type(None)),
    "sektor": (str, type(None)),
    "kontoklasse": (str, type(None)),
    "status": str,
    "sannsynlighet": float,
    "forslag": list,
    "fordeling": list,
    "flagg": list,
    "begrunnelse": list,
}
STATUSER = {"sikker", "usikker", "tvetydig", "fordeles", "internt", "utgatt", "ukjent", "avgjort"}


@cache
def mapped(navn: str, aar: int | None = None, regnskap: Regnskap = "kommune") -> Kobling:
    return koble(EKSEMPLER / f"{navn}.xlsx", aar=aar, regnskap=regnskap)


@cache
def fasit(navn: str) -> list[dict[str, str]]:
    with (HERE / "data" / f"{navn}.fasit.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(navn: str, lokal_kode: str, dimensjon: str = "art", aar: int | None = None) -> Kontorad:
    return next(
        r for r in mapped(navn, aar).rader if r.konto.lokal_kode == lokal_kode and r.konto.dimensjon == dimensjon
    )


def paired(navn: str) -> list[tuple[dict[str, str], Kontorad | None]]:
    rows = {(r.konto.ark, r.konto.rad, r.konto.dimensjon): r for r in mapped(navn).rader}
    return [(svar, rows.get((svar["sheet"], int(svar["row"]), svar["dimensjon"]))) for svar in fasit(navn)]


def judged(
    *rader: tuple[str, str], regnskap: Regnskap = "kommune", klasse: str | None = None, dimensjon: Dimensjon = "art"
) -> list[Vurdering]:
    kontoer = [Konto("p.xlsx", "A", at, 0, dimensjon, n, t, klasse) for at, (n, t) in enumerate(rader, 1)]
    return judge_accounts(kontoer, Kodeverk.for_aar(2026, regnskap))


@pytest.mark.parametrize("navn", NAVN)
def test_hver_rad_i_fasiten_er_lest_slik_den_star(navn: str) -> None:
    for svar, rad in paired(navn):
        assert rad is not None, svar
        assert (rad.konto.lokal_kode, rad.konto.lokal_navn) == (svar["lokal_kode"], svar["lokal_navn"].strip())


@pytest.mark.parametrize(
    ("navn", "dimensjon", "minst"),
    [
        ("sogndal-2013", "art", 0.97),
        ("sogndal-2013", "funksjon", 0.95),
        ("demo-kommune-2026", "art", 0.97),
        ("demo-kommune-2026", "funksjon", 0.95),
        ("demo-kommune-2026", "balanse", 0.95),
    ],
)
def test_nesten_alle_koder_er_rette(navn: str, dimensjon: str, minst: float) -> None:
    wanted = [(s, r) for s, r in paired(navn) if r and s["dimensjon"] == dimensjon and s["fasit_kode_2026"]]
    right = [s for s, r in wanted if r.vurdering.kode in s["fasit_kode_2026"].split("/")]
    assert len(wanted) >= 20
    assert len(right) >= minst * len(wanted)


@pytest.mark.parametrize("navn", NAVN)
def test_ingen_sikker_kode_er_feil(navn: str) -> None:
    for svar, rad in paired(navn):
        if rad and rad.vurdering.status == "sikker" and svar["fasit_kode_2026"]:
            assert rad.vurdering.kode in svar["fasit_kode_2026"].split("/"), svar


@pytest.mark.parametrize("navn", NAVN)
def test_radene_har_noyaktig_feltene_grensesnittet_lover(navn: str) -> None:
    rows = mapped(navn).as_dict()
    assert len(rows) == len(mapped(navn).rader) > 100
    for found in rows:
        assert list(found) == list(FELT)
        assert all(isinstance(found[name], kind) for name, kind in FELT.items())  # type: ignore[arg-type]
        assert found["status"] in STATUSER
        assert all(isinstance(v, str) and v for v in dict(found["kontekst"]).values())  # type: ignore[call-overload]
        for name, fields in (
            ("forslag", {"kode", "navn", "sannsynlighet"}),
            ("flagg", {"id", "melding"}),
            ("begrunnelse", {"bevis", "melding", "kilde"}),
            ("fordeling", {"kode", "andel", "grunnlag"}),
        ):
            assert all(set(item) == fields for item in found[name])  # type: ignore[attr-defined]


@pytest.mark.parametrize("navn", NAVN)
def test_koden_mangler_bare_nar_statusen_sier_det(navn: str) -> None:
    kodeverk = Kodeverk.for_aar(2026)
    for rad in mapped(navn).rader:
        svar = rad.vurdering
        if svar.status == "utgatt":
            assert (svar.kode is None) == (not svar.forslag)
        else:
            assert (svar.kode is None) == (svar.status in {"ukjent", "internt", "fordeles"})
        dimensjon = {"ansvar": "funksjon", "balanse": "kapittel"}.get(rad.konto.dimensjon, rad.konto.dimensjon)
        assert svar.kode is None or kodeverk.finnes(dimensjon, svar.kode)  # type: ignore[arg-type]
        assert svar.sektor is None or kodeverk.finnes("sektor", svar.sektor)
        assert 0 <= svar.sannsynlighet <= 1
        assert all(0 <= f.sannsynlighet <= 1 for f in svar.forslag)
        assert sum(f.sannsynlighet for f in svar.forslag) <= 1 + 1e-9
        if svar.kode and svar.status != "utgatt":
            assert svar.forslag[0].kode == svar.kode
        assert svar.begrunnelse


@pytest.mark.parametrize(
    ("lokal_kode", "dimensjon", "flagg"),
    [
        ("12602", "art", "nummer-mot-navn"),
        ("21689001", "balanse", "nummer-mot-navn"),
        ("12700", "art", "utgatt"),
        ("12700", "art", "lokalt-utgaar"),
        ("02700", "art", "utgatt"),
        ("25400", "funksjon", "utgatt"),
        ("15220", "art", "bare-investering"),
        ("12850", "art", "ulogisk-klasse"),
    ],
)
def test_fellene_i_demoplanen_er_flagget(lokal_kode: str, dimensjon: str, flagg: str) -> None:
    svar = row("demo-kommune-2026", lokal_kode, dimensjon).vurdering
    assert flagg in {f.id for f in svar.flagg}
    assert svar.status != "sikker" or flagg == "ulogisk-klasse"


@pytest.mark.parametrize(
    ("lokal_kode", "dimensjon"), [("12900", "art"), ("16900", "art"), ("17900", "art"), ("19000", "funksjon")]
)
def test_interne_kontoer_i_demoplanen_rapporteres_ikke(lokal_kode: str, dimensjon: str) -> None:
    svar = row("demo-kommune-2026", lokal_kode, dimensjon).vurdering
    assert (svar.kode, svar.status) == (None, "internt")


def test_et_navn_uten_innhold_flagges() -> None:
    (svar,) = judged(("11150", "x"))
    assert svar.flagg[0].id == "kort-navn"
    assert svar.status != "sikker"


def test_en_vanlig_konto_har_ingen_flagg() -> None:
    (svar,) = judged(("11150", "Matvarer"))
    assert (svar.kode, svar.status, svar.flagg, svar.kontoklasse) == ("115", "sikker", (), "1")


def test_utgatte_koder_foreslar_etterfolgerne() -> None:
    svar = row("demo-kommune-2026", "25400", "funksjon").vurdering
    assert svar.status == "utgatt"
    assert {f.kode for f in svar.forslag} == {"257", "258"}
    assert next(f.melding for f in svar.flagg if f.id == "utgatt").endswith("Bruk 257 eller 258.")


def test_aret_avgjor_om_en_kode_er_utgatt() -> None:
    svar = row("demo-kommune-2026", "25400", "funksjon", aar=2023).vurdering
    assert svar.kode == "254"
    assert svar.status == "sikker"
    assert "utgatt" not in {f.id for f in svar.flagg}


def test_sektoren_folger_med_balansekontoer() -> None:
    (svar, *_) = judged(("21032001", "Bankinnskudd"), ("23261001", "Skyldig skattetrekk"), dimensjon="balanse")
    assert (svar.kode, svar.sektor, svar.kontoklasse) == ("10", "320", "2")


@pytest.mark.parametrize(
    ("regnskap", "klasse", "kostra"),
    [
        ("kommune", "1", "1"),
        ("kommune", "0", "0"),
        ("kommune", "3", "0"),
        ("kommune", "7", None),
        ("sbdr-kommune", "1", "3"),
        ("sbdr-kommune", "3", "3"),
        ("sbdr-kommune", "0", "4"),
        ("sbdr-kommune", "4", "4"),
        ("kirke", "3", "3"),
        ("kirke", "4", "4"),
    ],
)
def test_kontoklassen_er_den_regnskapet_rapporterer(regnskap: Regnskap, klasse: str, kostra: str | None) -> None:
    (svar,) = judged(("115", "Matvarer"), regnskap=regnskap, klasse=klasse)
    assert svar.kontoklasse == kostra


def test_kontoklassen_leses_av_nummeret() -> None:
    rows = [("01150", "Matvarer"), ("11150", "Matvarer"), ("31150", "Matvarer"), ("11800", "Strøm")]
    assert [s.kontoklasse for s in judged(*rows)] == ["0", "1", "0", "1"]


@pytest.mark.parametrize("regnskap", ["fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke"])
def test_alle_slags_regnskap_gir_koder_som_finnes_der(regnskap: Regnskap) -> None:
    kodeverk = Kodeverk.for_aar(2026, regnskap)
    found = [r for r in mapped("demo-kommune-2026", None, regnskap).rader if r.konto.dimensjon == "art"]
    assert sum(r.vurdering.kode is not None for r in found) > len(found) / 2
    assert all(r.vurdering.kode is None or kodeverk.finnes("art", r.vurdering.kode) for r in found)


def test_samme_konto_i_samme_tabell_far_samme_svar() -> None:
    one, other, *_ = judged(("11150", "Matvarer"), ("11150", "Matvarer"), ("11800", "Strøm"))
    assert one == other


def test_flere_filer_leses_i_rekkefolge(tmp_path: Path) -> None:
    copy = shutil.copy(EKSEMPLER / "demo-kommune-2026.xlsx", tmp_path / "a.xlsx")
    both = koble(copy, EKSEMPLER / "demo-kommune-2026.xlsx", ark=["Tjenester"])
    files = [r.konto.fil for r in both.rader]
    assert Counter(files)["a.xlsx"] == Counter(files)["demo-kommune-2026.xlsx"] > 10
    assert files == sorted(files)


@pytest.mark.parametrize(("valg", "code"), [({"minne": __file__}, "skadet-minne"), ({"aar": 1900}, "ukjent-aar")])
def test_det_som_ikke_gar_sier_hvorfor(valg: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as error:
        koble(EKSEMPLER / "demo-kommune-2026.xlsx", **valg)
    assert error.value.code == code


def test_fremdriften_fortelles_med_ord() -> None:
    said: list[str] = []
    koble(EKSEMPLER / "demo-kommune-2026.xlsx", ark=["Tjenester"], progress=said.append)
    assert said[-1].startswith("Vurderer ")


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_import_av_kontoplan_laster_ikke_det_tunge() -> None:
    heavy = python(
        "import kontoplan, sys; print(sorted({'numpy', 'rapidfuzz', 'rich', 'typer', 'Stemmer'} & set(sys.modules)))"
    )
    assert heavy == "[]"


def test_navnene_i_grensesnittet_er_de_samme_ogsa_etter_at_undermodulene_er_lastet() -> None:
    assert python(
        "import kontoplan.usecases.koble, kontoplan.kodeverk\n"
        "from kontoplan import koble, Kodeverk\n"
        "print(callable(koble), koble.__name__, Kodeverk.for_aar(2026).aar)"
    ) == "True koble 2026"  # fmt: skip


def test_ukjente_navn_i_grensesnittet_finnes_ikke() -> None:
    import kontoplan  # noqa: PLC0415 - selve modulen er det som prøves

    with pytest.raises(AttributeError, match="finnesikke"):
        _ = kontoplan.finnesikke


def test_samme_fil_to_ganger_er_en_feil_og_teller_ikke_dobbelt() -> None:
    with pytest.raises(UserError) as error:
        koble(EKSEMPLER / "sogndal-2013.xlsx", EKSEMPLER / ".." / "eksempler" / "sogndal-2013.xlsx")
    assert error.value.code == "samme-fil"
