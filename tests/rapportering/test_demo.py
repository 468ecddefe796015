"""``make demo-hovedbok`` fra ende til annen på en liten hovedbok: fordelt, koblet, avgjort og godkjent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.hovedbokdata import make, write_chart, write_csv, write_keys
from bench.hovedbokslutt import decide, year_end
from kontoplan.cli import run
from kontoplan.kostra.kjoring import kontroller_byte
from kontoplan.kostra.oppgave import lag_oppgave

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_demoen_ender_med_et_godkjent_uttrekk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    posts = make(rader=4000)
    closing = year_end(posts, 2026)
    by_voucher: dict[int, int] = {}
    for post in closing:
        by_voucher[post.bilag] = by_voucher.get(post.bilag, 0) + post.ore
    assert set(by_voucher.values()) == {0}
    assert not set(by_voucher) & {post.bilag for post in posts}
    posts += closing
    write_csv(posts, tmp_path / "bok.csv")
    write_chart(posts, tmp_path / "plan.xlsx", 2026)
    write_keys(tmp_path / "nokler.xlsx")
    assert run(["fordel", "bok.csv", "--nokler", "nokler.xlsx", "--aar", "2026"]) == 0
    assert run(["koble", "plan.xlsx", "--aar", "2026", "--uten-minne"]) == 0
    assert decide(tmp_path / "plan.koblet.xlsx") > 0
    command = ["rapporter", "bok.csv", "--kobling", "plan.koblet.xlsx", "--skjema", "0A", "--region", "464000", "--aar", "2026", "-o", "0A.dat", "--overskriv"]  # fmt: skip
    assert run(command) == 2  # 190 går ikke i null før bilagene er med
    for voucher in ("bok.fordelt.csv", "bok.fordelt.xlsx"):
        assert run([*command, "--bilag", voucher]) == 0
        content = (tmp_path / "0A.dat").read_bytes()
        assert kontroller_byte(content, lag_oppgave(skjema="0A", aar=2026, region="464000")).kan_sendes
