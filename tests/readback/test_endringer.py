"""Hva ``koble --mot`` sier om det som er nytt, borte og endret, og hvem årets kodeendringer rammer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from boker import PLAN, Bok, avgjort, koblet, libreoffice

from kontoplan import Kodeverk, UserError, koble
from kontoplan.cli import run
from kontoplan.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.endring import Endring
    from kontoplan.kobling import Kobling

GAMMEL = PLAN + "12700;Konsulenter;100\n15100;Avdrag på lån;100\n12620;Bøker;10\n"


def mapped(mappe: Path, plan: str, mot: Path, *, aar: int = 2026, **valg: object) -> Kobling:
    (mappe / "ny.csv").write_text(plan, encoding="utf-8")
    return koble(mappe / "ny.csv", aar=aar, mot=mot, **valg)  # type: ignore[arg-type]


def found(kobling: Kobling) -> dict[tuple[str, str], Endring]:
    assert kobling.endringer
    return {(e.slag, e.lokal_kode): e for e in kobling.endringer.rader}


def status(kobling: Kobling) -> dict[str, tuple[str | None, str]]:
    return {r.konto.lokal_kode: (r.vurdering.kode, r.vurdering.status) for r in kobling.rader}


def test_den_samme_planen_i_samme_ar_er_uendret(tmp_path: Path) -> None:
    kobling = mapped(tmp_path, GAMMEL, koblet(tmp_path, GAMMEL))
    assert kobling.endringer
    assert (kobling.endringer.rader, kobling.endringer.uendret) == ((), 10)


def test_nye_borte_nytt_navn_og_nytt_nummer(tmp_path: Path) -> None:
    plan = (
        GAMMEL.replace("11800;Strøm;2000", "11800;Energi til bygg;2000")
        .replace("12620;Bøker", "12625;Bøker")
        .replace("14990;Diverse;400\n", "")
    )
    changes = found(mapped(tmp_path, plan + "11300;Porto;50\n", koblet(tmp_path, GAMMEL)))
    assert {key for key in changes if key[0] != "ny kode"} == {
        ("nytt navn", "11800"), ("nytt nummer", "12625"), ("borte", "14990"), ("ny", "11300"),
    }  # fmt: skip
    assert changes["nytt navn", "11800"].for_konto == "11800 Strøm"
    assert changes["nytt nummer", "12625"].for_konto == "12620 Bøker"
    assert changes["ny", "11300"].kode == "130"
    assert changes["borte", "14990"].kode == ""


@pytest.mark.parametrize(
    ("fra", "til", "plan", "konto", "gammel", "heirs"),
    [
        (2025, 2026, "Art;Navn\n12700;Konsulenter\n11150;Matvarer\n11800;Strøm\n", "12700", "270", ("271", "272")),
        (2023, 2024, "Tjeneste;Navn\n25400;Hjemmesykepleie\n20200;Grunnskole\n20100;Barnehage\n", "25400", "254", ("257", "258")),
    ],
)  # fmt: skip
def test_kontoene_arets_kodeendringer_rammer_har_regelen_og_kilden(  # noqa: PLR0913, PLR0917 - ett tilfelle per rad
    fra: int, til: int, plan: str, konto: str, gammel: str, heirs: tuple[str, str], tmp_path: Path
) -> None:
    kobling = mapped(tmp_path, plan, koblet(tmp_path, plan, aar=fra), aar=til)
    assert kobling.endringer
    (change,) = kobling.endringer.rader
    assert (change.slag, change.lokal_kode, change.for_kode) == ("kodeendring", konto, gammel)
    assert set(change.kode.split(" eller ")) == set(heirs)
    assert f"gikk ut etter {fra}. I stedet kom {heirs[0]} " in change.grunn
    assert heirs[1] in change.grunn
    assert change.kilde
    assert kobling.endringer.uendret == 2


def test_koder_som_er_skilt_ut_nevnes_det_aret_de_kom(tmp_path: Path) -> None:
    kodeverk = Kodeverk.for_aar(2026)
    new, old, year = next(
        (k.kode, old, split.fra_aar)
        for k in kodeverk.koder("art")
        if (split := kodeverk.utskilling("art", k.kode)) and split.fra_aar > 2018
        for old in split.til
        if kodeverk.finnes("art", old)
    )
    plan = f"Art;Navn\n1{old}0;{kodeverk.navn('art', old)}\n11150;Matvarer\n11800;Strøm\n"
    before = koblet(tmp_path, plan, aar=year - 1)
    change = found(mapped(tmp_path, plan, before, aar=year))["kodeendring", f"1{old}0"]
    assert f"{new} " in change.grunn
    assert f"er skilt ut fra {old} fra {year}" in change.grunn
    again = koblet(tmp_path, plan, aar=year, navn="igjen")
    assert ("kodeendring", f"1{old}0") not in found(mapped(tmp_path, plan, again, aar=year))


def test_det_som_ble_avgjort_i_den_gamle_gjelder_og_en_endret_kode_har_grunnen(tmp_path: Path) -> None:
    before = avgjort(koblet(tmp_path, GAMMEL), {"11150": "120", "14990": "Rapporteres ikke", "12700": "272"})
    kobling = mapped(tmp_path, GAMMEL, before)
    assert status(kobling)["11150"] == ("120", "avgjort")
    assert status(kobling)["14990"] == (None, "internt")
    assert found(kobling) == {}
    again = tmp_path / "igjen.xlsx"
    write_workbook(kobling, again, kodeverk=Kodeverk.for_aar(2026))
    assert status(mapped(tmp_path, GAMMEL, again))["11150"] == ("120", "avgjort")
    changed = avgjort(again, {"11150": "195"})
    assert status(mapped(tmp_path, GAMMEL, changed))["11150"] == ("195", "avgjort")


def test_en_avgjort_kode_som_er_gatt_ut_er_en_kodeendring(tmp_path: Path) -> None:
    before = avgjort(koblet(tmp_path, GAMMEL, aar=2025), {"14990": "270"})
    kobling = mapped(tmp_path, GAMMEL, before)
    assert status(kobling)["14990"][1] == "utgatt"
    change = found(kobling)["kodeendring", "14990"]
    assert (change.for_kode, set(change.kode.split(" eller "))) == ("270", {"271", "272"})


def test_en_kode_som_er_en_annen_uten_at_noe_er_gatt_ut_sier_hvorfor(tmp_path: Path) -> None:
    before = koblet(tmp_path, GAMMEL)
    with Bok(before) as bok:
        bok.avgjor("11150", **{"kostra-kode": "120"})
    change = found(mapped(tmp_path, GAMMEL, before))["ny kode", "11150"]
    assert (change.for_kode, change.kode) == ("120", "115")
    assert "115" in change.grunn


def test_avgjorelser_som_ikke_kan_brukes_nevnes(tmp_path: Path) -> None:
    before = avgjort(koblet(tmp_path, GAMMEL), {"11150": "999", "14990": "470"})
    kobling = mapped(tmp_path, GAMMEL, before)
    assert status(kobling)["14990"] == ("470", "avgjort")
    assert any("Én avgjørelse i plan.koblet.xlsx kan ikke brukes" in note for note in kobling.lesing.merknader)


def test_den_gamle_kan_vaere_lagret_av_libreoffice(tmp_path: Path) -> None:
    before = libreoffice(avgjort(koblet(tmp_path, GAMMEL, aar=2025), {"11150": "120"}), "ods")
    kobling = mapped(tmp_path, GAMMEL, before)
    assert kobling.endringer
    assert kobling.endringer.aar == 2025
    assert {e.slag for e in kobling.endringer.rader} == {"kodeendring"}
    assert status(kobling)["11150"] == ("120", "avgjort")


def test_endringene_star_i_et_eget_ark_og_i_terminalen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = koblet(tmp_path, GAMMEL, aar=2025)
    (tmp_path / "ny.csv").write_text(GAMMEL + "11300;Porto;50\n", encoding="utf-8")
    assert run(["koble", str(tmp_path / "ny.csv"), "--mot", str(before)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Mot plan.koblet.xlsx (2025): 1 konto rammet av kodeendringer, 1 ny konto; 9 kontoer er som før." in out
    assert "12700 Konsulenter" in out
    sheet = openpyxl.load_workbook(tmp_path / "ny.koblet.xlsx", read_only=True)["Endringer"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Hva", "Lokal kode")
    assert [row[:2] for row in rows[1:]] == [("Kodeendring", "12700"), ("Ny konto", "11300")]
    assert "KOSTRA 2025" in rows[0]


@pytest.mark.parametrize(
    ("valg", "code"), [({"mot": "ny.csv"}, "ikke-koblet"), ({"regnskap": "kirke"}, "ulikt-regnskap")]
)
def test_en_fil_det_ikke_kan_sammenlignes_med_sier_hvorfor(valg: dict[str, str], code: str, tmp_path: Path) -> None:
    before = koblet(tmp_path, GAMMEL)
    (tmp_path / "ny.csv").write_text(GAMMEL, encoding="utf-8")
    mot = tmp_path / valg.pop("mot") if "mot" in valg else before
    with pytest.raises(UserError) as error:
        koble(tmp_path / "ny.csv", mot=mot, **valg)  # type: ignore[arg-type]
    assert error.value.code == code


def test_resultatet_skrives_aldri_over_den_gamle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = koblet(tmp_path, GAMMEL)
    kept = before.read_bytes()
    assert run(["koble", str(tmp_path / "plan.csv"), "--mot", str(before), "--overskriv"]) == 2
    assert "er også filen som leses" in capsys.readouterr().err
    assert before.read_bytes() == kept
