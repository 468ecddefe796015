from __future__ import annotations

from kontoplan.doubt import doubt_flags
from kontoplan.evidence.codes import codes
from kontoplan.judge import decide, weigh
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Evidence, Flagg, Sak
from kontoplan.weights import weights

LISTED = codes(Kodeverk.for_aar(2026), "art")
FITTED = weights("art")


def doubts(*evidence: Evidence) -> dict[str, str]:
    scores = weigh(evidence, LISTED, FITTED)
    answer = decide(Sak("Tekst", "art"), evidence, (), LISTED, FITTED, scores=scores)
    return {f.id: f.melding for f in doubt_flags(answer, scores, evidence, LISTED, FITTED)}


def said(kode: str, weight: float, bevis: str = "modell") -> Evidence:
    return Evidence(bevis, kode, weight, "")  # type: ignore[arg-type]


def test_det_sies_hvilke_to_koder_det_star_mellom_og_ordene_som_ville_skilt_dem() -> None:
    found = doubts(said("115", 9.0), said("110", 9.0))
    assert found["tvetydig"].startswith("Står mellom 110 ")
    assert " og 115 Matvarer." in found["tvetydig"]
    assert "ville talt for 115" in found["tvetydig"]


def test_serien_nevnes_nar_den_er_sikker_og_koden_ikke_er_det() -> None:
    assert "1-2 Varer og tjenester i egen produksjon" in doubts(said("115", 12.0), said("110", 12.0))["bare-omraade"]
    assert "bare-omraade" not in doubts(said("115", 12.0), said("610", 12.0))
    assert "bare-omraade" not in doubts(said("115", 25.0), said("110", 5.0))


def test_et_svar_ordlyden_er_uenig_i_blir_ikke_sikkert_og_sier_hvorfor() -> None:
    found = doubts(said("115", 20.0), said("110", 2.0, "ordlyd"))
    assert found == {
        "uenige-vitner": f"Svaret er 115, men ordlyden i navnet likner mest på 110 {LISTED.kodeverk.navn('art', '110')}."
    }
    assert doubts(said("115", 20.0), said("115", 2.0, "ordlyd")) == {}


def test_et_flagg_er_en_melding_til_et_menneske() -> None:
    for melding in doubts(said("115", 9.0), said("110", 9.0)).values():
        assert Flagg("x", melding).melding.endswith(".")
