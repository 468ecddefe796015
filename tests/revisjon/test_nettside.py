"""Revisjonen som nettside: alt fra hovedboken er tekst, ingenting hentes utenfra, og tallene er de samme som i revisjonen."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from revisjonshjelp import audit, right

from kontoplan import revider
from kontoplan.cli import run
from kontoplan.html import audit_report
from kontoplan.html.audit_report import render
from kontoplan.revisjon.sammendrag import matrise
from kontoplan.revisjon.vekter import audit_weights

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kontoplan.revisjon.revisjon import Revisjon

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\" onload='x'"
WRONG = (6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))


class Page(HTMLParser):
    """Elementene på siden, og teksten i dem."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Husker elementet."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Husker teksten."""
        self.words.append(data)

    @property
    def findings(self) -> list[dict[str, str | None]]:
        """Attributtene til hvert funn."""
        return [attrs for tag, attrs in self.tags if tag == "tbody" and "data-nr" in attrs]


def page(answer: Revisjon) -> Page:
    """Siden slik en nettleser leser den."""
    return Page(render(answer, naar=NOW))


def test_text_from_the_ledger_is_never_html(tmp_path: Path) -> None:
    extra = [(6, ("11500", "600", "20100", "", f"Matvarer {HOSTILE}", f"Matgrossisten {HOSTILE}", 6_100))]
    answer = audit(tmp_path, extra)
    assert any("script" in f.tekst for f in answer.funn)
    side = page(answer)
    assert [tag for tag, _ in side.tags].count("script") == 1
    assert not any(name.startswith("on") or name == "style" for _, attrs in side.tags for name in attrs)
    assert any("<script>alert(1)</script>" in word for word in side.words)


def test_nothing_is_fetched_and_only_its_own_script_may_run(tmp_path: Path) -> None:
    text = render(audit(tmp_path, [WRONG]), naar=NOW)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        inside = re.search(rf"<{tag}>(.*)</{tag}>", text, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r"https?://|url\(|@import", text)
    links = {attrs.get("href") or attrs.get("src") for tag, attrs in Page(text).tags} - {None}
    assert all(str(link).startswith("#") for link in links)


def test_every_finding_is_there_with_what_it_is_sorted_and_filtered_by(tmp_path: Path) -> None:
    answer = audit(tmp_path, [WRONG])
    assert answer.funn
    shown = page(answer).findings
    assert [(f["data-rad"], f["data-slag"], f["data-alvor"], f["data-omraade"]) for f in shown] == [
        (str(f.rad), f.funn, f.alvor, f.omraade) for f in answer.funn
    ]


def test_the_reasons_are_shown_with_their_contributions(tmp_path: Path) -> None:
    answer = audit(tmp_path, [WRONG])
    words = " ".join(page(answer).words)
    finding = next(f for f in answer.funn if f.bidrag)
    assert finding.melding in words
    assert all(part.hva in words for part in finding.bidrag if abs(part.vekt) >= 0.05)
    start = f"{-audit_weights()['art'].fort:.1f}".replace(".", ",").replace("-", "−")
    assert start in words  # utgangspunktet i art


def test_the_matrix_counts_every_finding_once(tmp_path: Path) -> None:
    answer = audit(tmp_path, [WRONG, (3, ("12700", "500", "20200", "", "Vikarbyrå", "Vikar AS", 12_000))])
    (likely, unlikely) = matrise(answer.funn)
    assert sum(cell.antall for row in (likely, unlikely) for cell in (row.lite, row.mye)) == len(answer.funn)
    assert likely.lite.antall + likely.mye.antall == sum(f.sannsynlighet >= 0.5 for f in answer.funn)


def test_what_is_left_out_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = audit(tmp_path, [WRONG])
    many = replace(answer, funn=answer.funn * 5)
    monkeypatch.setattr(audit_report, "FLEST", 2)
    side = page(many)
    assert len(side.findings) == 2
    assert f"{len(many.funn) - 2} funn til" in " ".join(side.words)


def test_a_ledger_without_findings_says_so(tmp_path: Path) -> None:
    answer = replace(audit(tmp_path), funn=())
    side = page(answer)
    assert "Ingen funn." in side.words
    assert "Grunnskole" in side.words


def test_what_was_hidden_and_why_is_on_the_page(tmp_path: Path) -> None:
    audit(tmp_path, [WRONG])
    tuning = tmp_path / "justering.yaml"
    tuning.write_text("- slag: R-VANE-ART\n  av: ja\n  grunn: Avtalt med <b>rektor</b>\n", encoding="utf-8")
    answer = revider(tmp_path / "bok.csv", aar=2026, justering=tuning)
    assert answer.justering
    assert answer.justering.skjulte
    words = " ".join(page(answer).words)
    assert "Avtalt med <b>rektor</b>" in words
    assert "Skjulte funn" in words


def test_the_command_writes_both_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(tmp_path, [WRONG])
    book, side = tmp_path / "r.xlsx", tmp_path / "r.html"
    command = ["revider", str(tmp_path / "bok.csv"), "--aar", "2026", "-o", str(book), "-o", str(side)]
    assert run(command) == 0
    assert str(side) in capsys.readouterr().out.replace("\n", "")
    assert book.read_bytes()[:2] == b"PK"
    assert f"{len(right()) + 1} postering" in side.read_text(encoding="utf-8")
    assert run(command) == 2
    assert "--overskriv" in capsys.readouterr().err


def test_another_ending_is_refused_before_anything_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revider", str(tmp_path / "finnes-ikke.csv"), "-o", str(tmp_path / "r.pdf")]) == 2
    assert ".html eller .xlsx" in capsys.readouterr().err
