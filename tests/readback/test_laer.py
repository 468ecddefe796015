"""Avgjørelsene leses tilbake hva brukeren enn har gjort med arbeidsboken, og det som ikke går opp, har et sted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from boker import PLAN, Bok, avgjort, koblet, libreoffice

from kontoplan import UserError, koble, laer
from kontoplan.memory import Minne

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kontoplan.usecases.laer import Laering

SVAR = {"11150": "120 Samlepost annet forbruksmateriell", "14990": "Rapporteres ikke", "12000": 195, "13700": "370"}
FASIT = {"11150": "120", "14990": "rapporteres ikke", "12000": "195", "13700": "370"}


def learn(path: Path, **valg: object) -> Laering:
    return laer(path, minne=path.parent / "m.db", **valg)  # type: ignore[arg-type]


def answers(found: Laering) -> dict[str, str]:
    return {d.lokal_kode: str(d.svar) for d in found.nye}


def insert_column(bok: Bok) -> None:
    bok.ark().insert_cols(3)
    bok.ark().cell(1, 3).value = "Min egen"


def delete_rows(bok: Bok) -> None:
    bok.ark().delete_rows(bok.rad("10100"))


def rename(bok: Bok) -> None:
    bok.ark().title = "Ferdig 2026 (Kari)"


def sort(bok: Bok) -> None:
    rows = bok.rader()
    bok.skriv(sorted(rows, key=lambda row: str(row[1])))


def title_above(bok: Bok) -> None:
    bok.ark().insert_rows(1, 3)
    bok.ark().cell(1, 1).value = "Gjennomgått i møte 12. mars"


def hide(bok: Bok) -> None:
    for row in range(2, 6):
        bok.ark().row_dimensions[row].hidden = True


def move_columns(bok: Bok) -> None:
    for row in bok.ark().iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value  # type: ignore[union-attr]


CHANGES = [insert_column, delete_rows, rename, sort, title_above, hide, move_columns]


@pytest.mark.parametrize("change", CHANGES)
def test_avgjorelsene_leses_etter_at_brukeren_har_arbeidet_i_boken(
    change: Callable[[Bok], None], tmp_path: Path
) -> None:
    path = avgjort(koblet(tmp_path), SVAR)
    with Bok(path) as bok:
        change(bok)
    found = learn(path)
    assert (answers(found), found.problemer) == (FASIT, ())
    assert {d.hvem for d in found.nye} == {"Kari"}


@pytest.mark.parametrize("endelse", ["xlsx", "ods", "xls"])
def test_avgjorelsene_leses_etter_at_libreoffice_har_lagret_boken(endelse: str, tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path, kommune="Lillevik"), SVAR)
    saved = libreoffice(path, endelse)
    found = learn(saved)
    assert (answers(found), found.problemer, found.aar, found.kommune) == (FASIT, (), 2026, "Lillevik")


def test_alt_det_brukeren_kan_gjore_pa_en_gang(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), SVAR)
    for change in (sort, insert_column, delete_rows, hide, rename, title_above):
        with Bok(path) as bok:
            if change in {rename, title_above}:
                bok.ark(bok.bok.sheetnames[2])
            change(bok) if change is not title_above else bok.bok["Ferdig 2026 (Kari)"].insert_rows(1, 3)
    assert answers(learn(libreoffice(path, "xlsx"))) == FASIT


def test_begge_arkene_leses_og_samme_svar_to_steder_er_ett(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {"14990": "470"})
    avgjort(path, {"14990": "470", "12602": "115"}, "Til gjennomgang")
    assert answers(learn(path)) == {"14990": "470", "12602": "115"}


def test_a_lare_samme_bok_igjen_sier_at_ingenting_er_nytt(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), SVAR)
    assert len(learn(path).nye) == 4
    again = learn(path)
    assert (again.nye, again.uendret) == ((), 4)


def test_det_som_er_lart_gjelder_neste_gang(tmp_path: Path) -> None:
    learn(avgjort(koblet(tmp_path), SVAR))
    kobling = koble(tmp_path / "plan.csv", minne=tmp_path / "m.db")
    found = {r.konto.lokal_kode: (r.vurdering.kode, r.vurdering.status) for r in kobling.rader}
    assert found["11150"] == ("120", "avgjort")
    assert found["12000"] == ("195", "avgjort")
    assert found["14990"] == (None, "internt")
    assert found["11800"][1] != "avgjort"
    assert any("Brukte 4 tidligere avgjørelser" in note for note in kobling.lesing.merknader)


def test_en_kommunes_avgjorelser_brukes_ikke_for_en_annen(tmp_path: Path) -> None:
    learn(avgjort(koblet(tmp_path, kommune="Lillevik"), SVAR))
    for kommune, used in (("Lillevik kommune", True), ("Storevik", False), ("", False)):
        kobling = koble(tmp_path / "plan.csv", minne=tmp_path / "m.db", kommune=kommune)
        assert any(r.vurdering.status == "avgjort" for r in kobling.rader) is used
        assert used or any("bare for Lillevik; de er ikke brukt" in note for note in kobling.lesing.merknader)


@pytest.mark.parametrize(
    ("felt", "melding"),
    [
        ({"avgjørelse": "270"}, "Art 270 gjelder ikke i 2026: Art 270 gikk ut etter 2025. Bruk 271 eller 272."),
        ({"avgjørelse": "999"}, "Art 999 finnes ikke i 2026 (kommune); velg en kode i listen."),
        ({"avgjørelse": "noe rart"}, "«noe rart» er ikke en kode; velg en i listen."),
        ({"avgjørelse": "115/320"}, "«115/320» har en sektor, og det har bare balansekontoer."),
        ({"avgjørelse": "115 Fastlønn"}, "Koden 115 står med navnet på 010; rett den ene."),
        ({"avgjørelse": "Fordeles"}, "Avgjørelsen er «Fordeles», men kolonnen Fordeling er tom; skriv fordelingen."),
        ({"avgjørelse": "115", "fordeling": "115: 100 %"}, "Raden har både avgjørelsen «115» og en fordeling; tøm den ene."),
        (
            {"avgjørelse": "Fordeles", "fordeling": "115: 60 %; 120: 30 %"},
            "Andelene i fordelingen er 90 % til sammen; de skal være 100 %.",
        ),
        ({"avgjørelse": "Fordeles", "fordeling": "115: 60 %; 270: 40 %"}, "Art 270 gjelder ikke i 2026: Art 270 gikk ut etter 2025. Bruk 271 eller 272."),
        ({"avgjørelse": "Fordeles", "fordeling": "115: 60 %; 115: 40 %"}, "Koden 115 står to ganger i fordelingen."),
        ({"avgjørelse": "Fordeles", "fordeling": "115: mye; 120: 40 %"}, "«115: mye» er ikke en andel; skriv «010: 60 %; 020: 40 %»."),
        (
            {"avgjørelse": "Fordeles", "fordeling": "Halvt om halvt"},
            "Fordelingen «Halvt om halvt» finnes ikke i arket Fordelinger; skriv den der, eller som «202: 60 %; 222: 40 %».",
        ),
    ],
)  # fmt: skip
def test_det_som_ikke_kan_vaere_en_avgjorelse_har_celle_og_grunn(
    felt: dict[str, object], melding: str, tmp_path: Path
) -> None:
    path = avgjort(koblet(tmp_path), {"10100": "010"})
    with Bok(path) as bok:
        bok.avgjor("11150", **felt)
        column = "Fordeling" if "fordeling" in felt or felt["avgjørelse"] == "Fordeles" else "Avgjørelse"
        cell = bok.ark().cell(bok.rad("11150"), bok.kolonner()[column]).coordinate
    found = learn(path)
    (problem,) = found.problemer
    assert (problem.sted, problem.konto, problem.melding) == (f"Kobling!{cell}", "11150 Matvarer", melding)
    assert found.nye == ()
    assert not (tmp_path / "m.db").exists()


def test_to_avgjorelser_for_samme_konto_er_en_motsigelse_med_begge_steder(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {"14990": "470"})
    avgjort(path, {"14990": "120"}, "Til gjennomgang")
    (problem,) = learn(path).problemer
    assert problem.konto == "14990 Diverse"
    assert "avgjort flere ganger" in problem.melding
    assert {"470", "120"} <= set(problem.melding.replace(",", "").replace(":", "").split())
    assert "Kobling!" in problem.sted + problem.melding
    assert "Til gjennomgang!" in problem.sted + problem.melding


def test_bare_noen_av_kolonnene_sortert_oppdages(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), SVAR)
    with Bok(path) as bok:
        rows, key = bok.rader(), bok.kolonner()["Nøkkel"] - 1
        keys = [row[key] for row in rows]
        for row, other in zip(rows, reversed(keys), strict=True):
            row[key] = other
        bok.skriv(rows)
    found = learn(path)
    assert found.nye == ()
    assert all("er bare noen av kolonnene sortert" in p.melding for p in found.problemer)


@pytest.mark.parametrize("change", ["ny rad", "endret navn"])
def test_en_avgjorelse_pa_en_konto_programmet_ikke_skrev_lares_ikke(change: str, tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {"10100": "010"})
    with Bok(path) as bok:
        bok.avgjor("10100", **({"nøkkel": None} if change == "ny rad" else {"lokalt_navn": "Noe annet"}))
    (problem,) = learn(path).problemer
    assert problem.sted.startswith("Kobling!")
    assert "nøkkel" in problem.melding.lower()


def test_fordelinger_leses_etter_navn_og_rett_fra_cellen(tmp_path: Path) -> None:
    path = koblet(tmp_path)
    with Bok(path) as bok:
        sheet, at = bok.ark("Fordelinger"), bok.kolonner("Fordelinger")
        for nr, (kode, andel) in enumerate([("115", 0.6), ("120", 0.4)], 2):
            for name, value in (("Fordeling", "Kjøkken"), ("Dimensjon", "Art"), ("Kode", kode), ("Andel", andel)):
                sheet.cell(nr, at[name]).value = value  # type: ignore[assignment]
        bok.avgjor("11150", avgjørelse="Fordeles", fordeling="kjøkken")
        bok.avgjor("11800", avgjørelse="fordeles", fordeling="180: 33,33 %, 185: 33,33 %; 195 Avgifter: 33.34%")
    assert answers(learn(path)) == {
        "11150": "115: 60 %; 120: 40 %",
        "11800": "180: 33,33 %; 185: 33,33 %; 195: 33,34 %",
    }
    rader = {r.konto.lokal_kode: r.vurdering for r in koble(tmp_path / "plan.csv", minne=tmp_path / "m.db").rader}
    assert [(a.kode, a.andel) for a in rader["11150"].fordeling] == [("115", 0.6), ("120", 0.4)]
    assert rader["11150"].status == "fordeles"


def test_en_fordeling_uten_avgjorelse_nevnes(tmp_path: Path) -> None:
    path = koblet(tmp_path)
    with Bok(path) as bok:
        bok.avgjor("11150", fordeling="115: 100 %")
    found = learn(path)
    assert found.nye == ()
    assert "fordelingen er ikke tatt med" in found.merknader[0]


def test_balansen_avgjores_med_kapittel_og_sektor(tmp_path: Path) -> None:
    path = koblet(tmp_path, "Balansekonto;Navn\n21032001;Bankinnskudd\n23261001;Skyldig skattetrekk\n")
    found = learn(avgjort(path, {"21032001": "13/080 Kundefordringer", "23261001": 32}))
    assert answers(found) == {"21032001": "13/080", "23261001": "32"}


def test_koder_regnearket_har_tatt_nullene_av_leses_rett(tmp_path: Path) -> None:
    assert answers(learn(avgjort(koblet(tmp_path), {"10100": 10}))) == {"10100": "010"}


def test_kommentaren_folger_med_uten_fodselsnummer(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {"11150": "120"})
    with Bok(path) as bok:
        bok.avgjor("11150", kommentar="Gjelder 01017012345, avtalt i møte")
    assert learn(path).nye[0].kommentar == "Gjelder [fødselsnummer], avtalt i møte"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b.ark().delete_cols(b.kolonner()["Nøkkel"]) or b.bok.remove(b.ark("Til gjennomgang")), "mangler-nokkel"),
        (lambda b: [b.bok.remove(b.ark(n)) for n in ("Kobling", "Til gjennomgang")], "ikke-koblet"),
        (lambda b: b.ark().cell(1, b.kolonner()["Kommentar"], "Avgjørelse"), "to-like-overskrifter"),
        (lambda b: b.ark().cell(3, b.kolonner()["Avgjørelse"], "=A1"), "formler-uten-verdi"),
    ],
)  # fmt: skip
def test_en_bok_som_ikke_kan_leses_tilbake_sier_hvorfor(
    change: Callable[[Bok], object], code: str, tmp_path: Path
) -> None:
    path = koblet(tmp_path)
    with Bok(path) as bok:
        change(bok)
    with pytest.raises(UserError) as error:
        learn(path)
    assert error.value.code == code


def test_aret_kan_oppgis_nar_boken_har_mistet_det(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {"11150": "120"})
    with Bok(path) as bok:
        del bok.bok.custom_doc_props["kontoplan-aar"]
        bok.bok.remove(bok.ark("Om"))
    with pytest.raises(UserError) as error:
        learn(path)
    assert error.value.code == "uten-aar"
    assert learn(path, aar=2025).nye[0].aar == 2025


def test_arket_om_sier_aret_nar_egenskapene_er_borte(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path, aar=2024), {"11150": "120"})
    with Bok(path) as bok:
        for name in bok.bok.custom_doc_props.names:
            del bok.bok.custom_doc_props[name]
    assert learn(path).aar == 2024


def test_samme_konto_pa_flere_rader_avgjores_hver_for_seg_eller_samlet(tmp_path: Path) -> None:
    plan = "Ansvar;Ansvarsnavn;Konto;Navn\n" + "".join(
        f"{a};{n};14990;Diverse\n{a};{n};11150;Matvarer\n" for a, n in ((100, "Skole"), (200, "Barnehage"))
    )
    path = koblet(tmp_path, plan)
    with Bok(path) as bok:
        first, second = (r for r in range(2, 6) if bok.ark().cell(r, 1).value == "14990")
        bok.ark().cell(second, bok.kolonner()["Avgjørelse"]).value = "120"
    avgjort(path, {"14990": "470"}, "Til gjennomgang")
    found = learn(path)
    assert [(str(d.svar), bool(d.sammenheng)) for d in found.nye] == [("470", False), ("120", True)]
    rader = [r for r in koble(tmp_path / "plan.csv", minne=tmp_path / "m.db").rader if r.konto.lokal_kode == "14990"]
    assert [(r.vurdering.kode, r.vurdering.status) for r in rader] == [("470", "avgjort"), ("120", "avgjort")]
    assert first < second


def test_alle_eller_ingen(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path), {**SVAR, "11800": "270"})
    assert len(learn(path).problemer) == 1
    assert not (tmp_path / "m.db").exists()
    avgjort(path, {"11800": "180"})
    assert len(learn(path).nye) == 5
    assert len(Minne(tmp_path / "m.db").runder()) == 1


def test_planen_i_testene_har_konti_til_gjennomgang(tmp_path: Path) -> None:
    koblet(tmp_path)
    assert len(koble(tmp_path / "plan.csv").rader) == PLAN.count("\n") - 1
