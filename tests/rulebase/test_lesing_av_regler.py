from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan.rulebase.check import check
from kontoplan.rulebase.load import load_rules

if TYPE_CHECKING:
    from pathlib import Path

REGEL = """\
- id: politisk.ordforer
  tittel: Utstyr til ordføreren
  nar:
    alle:
      - [ordfører]
      - [pc, mobil]
  gir: {funksjon: '100'}
  fordi: Alt ordføreren bruker, føres på politisk styring.
  kilde: {dok: brev1997}
  sikkerhet: kilde
  status: godkjent
  tilfeller:
    - {tekst: PC til ordføreren, gir: {funksjon: '100'}}
    - {tekst: PC til rådmannen, gir: nei}
"""
KILDER = frozenset({"brev1997", "kunnskap"})


def problems(tmp_path: Path, *files: str) -> list[str]:
    for number, text in enumerate(files):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    return [str(p) for p in check(*load_rules(tmp_path), KILDER)]


def test_en_regel_uten_feil_leses_og_har_ingen_problemer(tmp_path: Path) -> None:
    assert problems(tmp_path, REGEL) == []
    (rule,), _ = load_rules(tmp_path)
    assert (rule.id, rule.gir.koder, rule.sikkerhet, rule.godkjent) == (
        "politisk.ordforer",
        (("funksjon", "100"),),
        "kilde",
        True,
    )
    assert (rule.fil, rule.linje) == ("0.yaml", 1)


@pytest.mark.parametrize(
    ("endring", "linje", "melding"),
    [
        (("  fordi: Alt ordføreren bruker, føres på politisk styring.\n", ""), 1, "regelen mangler «fordi»."),
        (("  tittel:", "  titel:"), 2, "regelen har en ukjent nøkkel «titel»."),
        (("id: politisk.ordforer", "id: Politisk ordfører"), 1, "id «Politisk ordfører» skal være små bokstaver"),
        (("  status: godkjent", "  status: ferdig"), 11, "«status» er ferdig, men skal være godkjent, utkast."),
        (
            ("  sikkerhet: kilde", "  sikkerhet: sikker"),
            10,
            "«sikkerhet» er sikker, men skal være kilde, delvis, kunnskap.",
        ),
        (("  gir: {funksjon: '100'}", "  gir: {}"), 7, "«gir» er tom."),
        (("  gir: {funksjon: '100'}", "  gir: {konto: '100'}"), 7, "gir har en ukjent nøkkel «konto»."),
        (("      - [pc, mobil]", "      - []"), 4, "«nar» må ha minst ett ord"),
        (("      - [pc, mobil]", "      - ['p*c']"), 4, "stjernen kan bare stå først eller sist."),
        (
            ("      - [pc, mobil]", "      - ['leie av*']"),
            4,
            "stjernen kan bare stå ved ett ord, uten mellomrom og bindestrek.",
        ),
        (("      - [pc, mobil]", "      - ['123']"), 4, "har ingen bokstaver."),
        (("    - {tekst: PC til rådmannen, gir: nei}\n", ""), 12, "må ha minst ett treff og minst ett «gir: nei»."),
        (("  nar:\n", "  gjelder: {fra: i fjor}\n  nar:\n"), 3, "«fra» er i fjor, men skal være et årstall."),
        (("  nar:\n", "  gjelder: {regnskap: [kommunen]}\n  nar:\n"), 3, "«regnskap» er kommunen"),
        (("  nar:\n", "  tidligere: [{gir: {funksjon: '214'}}]\n  nar:\n"), 3, "mangler «til»"),
        (("  nar:\n", "  ikke: [{fordi: nei}]\n  nar:\n"), 3, "skal ha én kode og «fordi»."),
        (
            ("  gir: {funksjon: '100'}", "  gir: {avklaring: {sporsmal: Hva?, svar: [{tekst: a, gir: {art: '120'}}]}}"),
            7,
            "minst to svar",
        ),
        (("  tittel: Utstyr", "  tittel: To\n  tittel: Utstyr"), 3, "nøkkelen «tittel» står to ganger."),
        (("      - [pc, mobil]", "      - {pc: mobil}"), 4, "her skal det stå ord"),
        (("- id:", "id:"), 1, "filen kan ikke leses som YAML"),
    ],
)
def test_hver_skjemafeil_sier_fil_linje_og_hva(
    tmp_path: Path, endring: tuple[str, str], linje: int, melding: str
) -> None:
    assert endring[0] in REGEL
    found = problems(tmp_path, REGEL.replace(*endring))
    assert any(f.startswith("0.yaml:") and melding in f for f in found), found
    if "YAML" not in melding:
        assert int(found[0].split(":")[1]) == linje


@pytest.mark.parametrize(
    ("endring", "melding"),
    [
        (("gir: {funksjon: '100'}\n  fordi", "gir: {funksjon: '254'}\n  fordi"), "funksjon 254 gjelder ikke i 2026"),
        (("dok: brev1997", "dok: brev1897"), "kilden brev1897 står ikke i kilder.yaml."),
        (("dok: brev1997", "dok: kunnskap"), "eneste kilde er allmenn kunnskap"),
        (("tekst: PC til ordføreren", "tekst: PC til rektor"), "«PC til rektor» treffer ikke regelen."),
        (("tekst: PC til rådmannen", "tekst: mobil ordføreren"), "skulle ikke vinne her."),
        (
            ("  nar:\n", "  tidligere: [{til: 2000, gir: {funksjon: '999'}}]\n  nar:\n"),
            "999 under «tidligere» er ukjent",
        ),
    ],
)
def test_feil_i_koder_kilder_og_tilfeller(tmp_path: Path, endring: tuple[str, str], melding: str) -> None:
    assert endring[0] in REGEL
    assert any(melding in f for f in problems(tmp_path, REGEL.replace(*endring)))


def test_samme_id_i_to_filer_viser_begge_stedene(tmp_path: Path) -> None:
    assert problems(tmp_path, REGEL, REGEL) == ["1.yaml:1: id politisk.ordforer er brukt i 0.yaml:1."]


def test_to_regler_med_samme_vilkar_og_ulikt_svar_er_en_feil_med_begge_stedene(tmp_path: Path) -> None:
    other = REGEL.replace("politisk.ordforer", "adm.ordforer").replace("'100'", "'120'")
    found = problems(tmp_path, REGEL, other)
    assert any("adm.ordforer har samme vilkår som politisk.ordforer (0.yaml:1), men gir noe annet." in f for f in found)
    assert any("motstridende svar (funksjon)" in f for f in found)
