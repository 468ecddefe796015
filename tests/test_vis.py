from __future__ import annotations

import io
import json

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from kontoplan.cli.vis import vis as command
from kontoplan.cli.vis_tabell import show
from kontoplan.errors import UserError
from kontoplan.usecases.vis import vis
from kontoplan.usecases.vis_sok import fold

app = typer.Typer()
app.command()(command)


def rendered(sok: str, width: int, **options: object) -> str:
    out = io.StringIO()
    show(vis(sok, **options), Console(file=out, width=width, highlight=False))  # type: ignore[arg-type]
    return out.getvalue()


def codes(sok: str, **options: object) -> list[str]:
    return [f"{t.kode.dimensjon} {t.kode.kode}" for t in vis(sok, **options).treff]  # type: ignore[arg-type]


def test_gyldig_kode_med_alt_om_den() -> None:
    (kode,) = vis("202").koder
    assert kode.status == "gyldig"
    assert kode.kode.navn == "Grunnskole"
    assert kode.omfatter
    assert any(u.kode == "222" and u.navn == "Skolelokaler" for u in kode.omfatter_ikke)
    assert kode.kilder


def test_utgatt_kode_sier_hva_den_ble_til() -> None:
    (kode,) = vis("254").koder
    assert kode.status == "utgått"
    assert kode.gyldighet == "Gjaldt 1998–2023, og kan ikke brukes i 2026."
    assert [h.kode for h in kode.etterfolgere] == ["257", "258"]
    (ny,) = vis("258").koder
    assert [h.kode for h in ny.forgjengere] == ["254"]


def test_samme_nummer_i_to_dimensjoner() -> None:
    found = vis("190").koder
    assert [(k.kode.dimensjon, k.status) for k in found] == [("art", "gyldig"), ("funksjon", "intern")]
    (bare_art,) = vis("art 190").koder
    assert bare_art.kode.dimensjon == "art"


def test_aret_avgjor() -> None:
    (kode,) = vis("270", aar=2025).koder
    assert kode.status == "gyldig"
    assert kode.etterfolgere == ()
    assert vis("270").koder[0].status == "utgått"
    assert vis("art 271", aar=2025).koder[0].status == "kommer"


def test_kontoklasse_og_regler() -> None:
    (kode,) = vis("841").koder
    assert kode.kontoklasser == "bare investering (kontoklasse 0)"
    assert kode.regler == ("I investering: art 729 går bare sammen med denne (kontroll 060).",)
    assert vis("899").koder[0].regler == ("bare sammen med art 589, 980, 989 (kontroll 065).",)
    assert vis("art 589").koder[0].regler == ("bare sammen med funksjon 899 (kontroll 065).",)
    assert "SSB varsler om den i drift" in vis("art 660").koder[0].kontoklasser


def test_det_som_er_antatt_eller_allmenn_kunnskap_sies() -> None:
    forbehold = " ".join(vis("art 548").koder[0].forbehold)
    assert "Navnet er allmenn kunnskap og ikke lest i en kilde." in forbehold
    assert "Overgangen til nye koder er antatt" in forbehold
    assert "Utskillingen fra 510 er antatt" in " ".join(vis("512").koder[0].forbehold)


@pytest.mark.parametrize(
    ("sok", "beste"),
    [
        ("barnehage", "funksjon 201"),
        ("BARNEHAGE", "funksjon 201"),
        ("barnehgae", "funksjon 201"),
        ("grunnskule", "funksjon 202"),
        ("skuleskyss", "funksjon 223"),
        ("straum", "art 180"),
        ("hjemmehjelp", "funksjon 258"),
        ("ordforerlonn", "funksjon 100"),
        ("feiing", "funksjon 338"),
    ],
)
def test_sok_finner_det_en_leter_etter(sok: str, beste: str) -> None:
    found = codes(sok)
    assert found[0] == beste
    assert len(found) <= 10


def test_sok_begrenset_til_en_dimensjon() -> None:
    assert {c.split()[0] for c in codes("art barnehage")} == {"art"}


def test_sok_sier_hvorfor_og_hvordan_det_ble_lest() -> None:
    assert vis("barnehage").treff[0].grunn.startswith("navnet «Barnehage»")
    assert vis("hjemmehjelp").treff[0].grunn.startswith("omfatter «hjemmehjelp»")
    assert vis("barnehgae").treff[0].lest_som == "barnehage"


def test_utgatte_koder_kommer_etter_gjeldende() -> None:
    found = [t for t in vis("hjemmesykepleie").treff if t.kode.dimensjon == "funksjon"]
    assert found[0].kode.til is None
    ended = [t for t in found if t.kode.kode == "254"]
    assert ended
    assert ended[0].grunn.endswith("(gikk ut etter 2023)")


@pytest.mark.parametrize(
    ("sok", "code", "melding"),
    [
        ("999", "ukjent-kode", "Koden 999 finnes ikke i kodelistene for kommune 2026; mente du "),
        ("041", "ukjent-kode", "men funksjon 041 (Kirkelig administrasjon) finnes med --regnskap kirke."),
        ("1234567", "ukjent-kode", "KOSTRA-koder har høyst fire siffer"),
        ("xyzqwv", "ingen-treff", "Ingen kode for kommune 2026 passer til «xyzqwv»"),
        ("xyzqwv til qqqzz", "ingen-treff", "prøv andre eller færre ord, eller en kode."),
        ("  ", "tomt-sok", "Søket er tomt"),
    ],
)
def test_feil_brukeren_kan_rette(sok: str, code: str, melding: str) -> None:
    with pytest.raises(UserError) as error:
        vis(sok)
    assert error.value.code == code
    assert melding in error.value.message


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("sok", ["202", "254", "190", "barnehage", "sektor 640", "kontoklasse 1"])
def test_tegningen_holder_bredden_og_mister_ingenting(sok: str, width: int) -> None:
    text = rendered(sok, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "…" not in text
    assert "\x1b[" not in text


def test_tegningen_viser_koden() -> None:
    text = rendered("254", 80)
    for part in ("Funksjon 254", "utgått", "Ble til", "257", "Hørte hjemme her", "Kilder"):
        assert part in text


def test_kommandoen_skriver_bare_json() -> None:
    result = CliRunner().invoke(app, ["254", "--format", "json"])
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data == vis("254").as_dict()
    assert data["koder"][0]["etterfolgere"][0]["kode"] == "257"


def test_kommandoen_skriver_en_linje_per_kode_eller_treff() -> None:
    result = CliRunner().invoke(app, ["190", "--format", "jsonl"])
    assert [json.loads(line)["dimensjon"] for line in result.stdout.splitlines()] == ["art", "funksjon"]
    result = CliRunner().invoke(app, ["art", "straum", "--format", "jsonl"])
    assert json.loads(result.stdout.splitlines()[0])["kode"] == "180"


def test_kommandoen_godtar_ar_og_regnskap() -> None:
    result = CliRunner().invoke(app, ["041", "--regnskap", "kirke", "--aar", "2024"])
    assert result.exit_code == 0
    assert "Kirkelig administrasjon" in result.stdout


def test_uten_forskjell_pa_sma_tegn() -> None:
    assert fold("  Skole–SFO, Ænes Ås/Øy é ") == "skole sfo aenes as oy e"


@given(st.text(max_size=30))
def test_ingen_tekst_gir_annet_enn_svar_eller_brukerfeil(sok: str) -> None:
    try:
        visning = vis(sok)
    except UserError:
        return
    assert visning.koder or visning.treff
    json.dumps(visning.as_dict())
