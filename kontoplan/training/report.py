"""Rapporten fra treningen: én side med tall og figurer, som kan åpnes i en nettleser uten nett."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, get_args

from kontoplan.html.page import page
from kontoplan.sak import Dimensjon
from kontoplan.training.line import KINDS
from kontoplan.training.metrics import automation, bins, confusion, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.training.judge import Trained
    from kontoplan.training.metrics import Measured
    from kontoplan.training.predict import Prediction

_TEMPLATE: Final = "training_report.html.j2"
_HEAD: Final = (
    "",
    "kontoer",
    "topp 1",
    "topp 3",
    "rett serie/område",
    "ECE",
    "sikre",
    "av dem rette",
    "mengden har svaret",
    "median",
)
_NAMES: Final[dict[Dimensjon, str]] = {
    "art": "Art", "funksjon": "Funksjon", "ansvar": "Ansvar (svaret er en funksjon)", "balanse": "Balanse (kapittel)",
}  # fmt: skip
_SHOWN = {True: "nummer vist", False: "nummer skjult"}


def report(trained: Trained) -> str:
    """Rapporten som HTML."""
    sections = [_section(dimension, trained) for dimension in get_args(Dimensjon)]
    models = [(name, model.fingerprint) for name, model in trained.models.items()]
    return page(_TEMPLATE, data=trained.judgement.data, models=models, sections=sections, head=_HEAD)


def _section(dimension: Dimensjon, trained: Trained) -> dict[str, object]:
    own = [p for p in trained.unseen if p.example.line.dimensjon == dimension]
    fitted = trained.judgement.dimensjoner[dimension]
    kinds, places = ([_row(name, measure(group, fitted)) for name, group in f(own)] for f in (_by_kind, _by_place))
    return {"navn": _NAMES[dimension], "slag": kinds, "kommuner": places, "figur": _figure(own)}


def _by_kind(own: Sequence[Prediction]) -> Iterator[tuple[str, list[Prediction]]]:
    """Hvert slag kontoplaner, med nummeret vist og skjult."""
    for kind, title in KINDS.items():
        for shown, name in _SHOWN.items():
            group = [p for p in own if p.example.line.kind == kind and p.shown is shown]
            if group:
                yield f"{title}, {name}", group


def _by_place(own: Sequence[Prediction]) -> Iterator[tuple[str, list[Prediction]]]:
    """Hver kommune, de ekte først, med nummeret skjult."""
    for _, place in sorted({(not p.example.line.real, p.example.line.splitt) for p in own}):
        yield place, [p for p in own if p.example.line.splitt == place and not p.shown]


def _row(name: str, found: Measured) -> tuple[str, ...]:
    return (
        name,
        str(found.count),
        _percent(found.top1),
        _percent(found.top3),
        _percent(found.group),
        f"{found.ece:.3f}".replace(".", ","),
        _percent(found.sure),
        "–" if found.precision is None else _percent(found.precision),
        _percent(found.coverage),
        f"{found.size:g}",
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")


def _figure(own: Sequence[Prediction]) -> str:
    """Kalibrering, treff mot andel avgjort, og forveksling mellom serier eller områder, som SVG."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - bare til rapporten

    figure = Figure(figsize=(15, 5.2), layout="constrained")
    calibrated, decided, confused = figure.subplots(1, 3, width_ratios=(1, 1, 1.4))
    calibrated.plot((0, 1), (0, 1), color="#999", linestyle="--", label="perfekt")
    for shown, name in _SHOWN.items():
        group = [p for p in own if p.shown is shown]
        if group:
            said, right, _ = zip(*bins(group), strict=True)
            calibrated.plot(said, right, marker="o", label=name)
            decided.plot(*zip(*automation(group), strict=True), label=name)
    _labelled(calibrated, "Er sannsynlighetene til å stole på?", "sannsynlighet som ble vist", "andel rette")
    _labelled(decided, "Treff mot andel avgjort", "andel avgjort, de sikreste først", "andel rette av dem")
    _confusion([p for p in own if not p.shown], confused)
    out = io.StringIO()
    figure.savefig(out, format="svg")
    text = out.getvalue()
    return text[text.index("<svg") :]


def _labelled(axes: Any, title: str, across: str, up: str) -> None:  # noqa: ANN401 - matplotlib
    axes.set(title=title, xlabel=across, ylabel=up)
    axes.grid(color="#eee")
    axes.legend(loc="lower right" if axes.get_ylim()[0] < 0.5 else "lower left")  # noqa: PLR2004 - midt på


def _confusion(own: Sequence[Prediction], axes: Any) -> None:  # noqa: ANN401 - matplotlib
    """Antall feil fra hver gruppe (rad) til hver gruppe (kolonne); det rette er ikke med."""
    counts = {pair: n for pair, n in confusion(own).items() if pair[0] != pair[1]}
    names = sorted({name for pair in counts for name in pair}, key=lambda n: (len(n.split()[0]), n))
    table = [[counts.get((right, said), 0) for said in names] for right in names]
    axes.set_title("Forvekslet serie eller område, nummer skjult")
    if not names:
        axes.text(0.5, 0.5, "ingen", ha="center")
        return
    axes.imshow(table, cmap="Oranges")
    axes.set_xticks(range(len(names)), [name.split()[0] for name in names])
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="svart", ylabel="rett")
    for row, cells in enumerate(table):
        for column, count in enumerate(cells):
            if count:
                axes.text(column, row, str(count), ha="center", va="center")
