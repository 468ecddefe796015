from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smaa import prediction

from kontoplan.training import metrics, thresholds
from kontoplan.weights import weights

ANSWERS = st.lists(st.builds(prediction, st.floats(0.05, 1), right=st.booleans(), blocked=st.booleans()), min_size=1)


def test_terskelen_for_sikker_er_laveste_med_nok_rette() -> None:
    good = [prediction(0.99 - at / 1000) for at in range(50)]
    assert thresholds.sure_threshold(good) == 0
    assert thresholds.sure_threshold([*good, *(prediction(0.9, right=False) for _ in range(9))]) == pytest.approx(0.941)
    assert thresholds.sure_threshold([prediction(0.999, right=False), *good]) > 1
    assert thresholds.sure_threshold(good[:5]) > 1


def test_svar_et_flagg_stopper_teller_ikke_i_terskelen() -> None:
    good = [prediction(0.99 - at / 1000) for at in range(50)]
    stopped = [prediction(0.995, right=False, blocked=True) for _ in range(9)]
    assert thresholds.sure_threshold([*good, *stopped]) == 0


def test_like_sannsynlige_svar_er_over_terskelen_sammen_eller_ikke() -> None:
    good = [prediction(0.999 - at / 10_000) for at in range(30)]
    twins = [prediction(0.99), *(prediction(0.99, right=False) for _ in range(3))]
    level = thresholds.sure_threshold([*good, *twins])
    assert level > 0.99
    assert level == good[-1].probability


@given(ANSWERS)
def test_av_svarene_over_terskelen_er_minst_andelen_rette(own: list[metrics.Prediction]) -> None:
    level = thresholds.sure_threshold(own)
    over = [p for p in own if not p.blocked and p.probability >= level]
    if level <= 1:
        assert sum(p.right for p in over) >= 0.99 * len(over)


def test_dekningen_er_laveste_der_svaret_nesten_alltid_er_i_mengden() -> None:
    first = [prediction(0.9, rest=(0.1,)) for _ in range(20)]
    second = [prediction(0.85, right=False, rest=(0.15,)) for _ in range(20)]
    assert thresholds.set_coverage([first]) == 0.8
    assert thresholds.set_coverage([[*first, *second]]) == 0.855
    assert thresholds.set_coverage([]) == 0.8


def test_faa_ekte_svar_teller_like_mye_som_mange_konstruerte_i_dekningen() -> None:
    real = [prediction(0.85, right=False, rest=(0.15,)) for _ in range(5)]
    made = [prediction(0.9, rest=(0.1,)) for _ in range(500)]
    assert thresholds.set_coverage([[*real, *made]]) == 0.8
    assert thresholds.set_coverage([real, made]) == 0.855


def test_det_som_nesten_aldri_er_rett_er_ukjent() -> None:
    wrong = [prediction(0.2, right=False) for _ in range(10)]
    right = [prediction(0.28) for _ in range(10)]
    assert thresholds.unknown_threshold(wrong) == 0.2
    assert thresholds.unknown_threshold(right) == 0.1


def test_kalibreringsfeilen_er_avstanden_mellom_det_som_sies_og_det_som_er() -> None:
    own = [*(prediction(0.95) for _ in range(5)), *(prediction(0.95, right=False) for _ in range(5))]
    assert metrics.calibration_error(own) == pytest.approx(0.45)
    assert metrics.bins(own) == [(pytest.approx(0.95), 0.5, 10)]


@given(ANSWERS)
def test_treff_mot_andel_ender_pa_alle_svarene(own: list[metrics.Prediction]) -> None:
    curve = metrics.automation(own)
    assert curve[-1][0] == 1
    assert curve[-1][1] == pytest.approx(sum(p.right for p in own) / len(own))


def test_malene_teller_sikre_bare_nar_ingen_flagg_stopper() -> None:
    own = [prediction(1.0), prediction(1.0, blocked=True), prediction(0.2, right=False, rest=(0.1,))]
    found = metrics.measure(own, weights("art"))
    assert (found.count, found.sure, found.precision) == (3, pytest.approx(1 / 3), 1.0)
    assert found.top1 == pytest.approx(2 / 3)
    assert found.top3 == 1


def test_forveksling_telles_mellom_serier() -> None:
    assert metrics.group_name("115", "art") == "1-2 Varer og tjenester i egen produksjon"
    assert metrics.group_name("222", "funksjon") == "2 Grunnskole"
    assert metrics.group_name("10", "balanse") == "(10)"
