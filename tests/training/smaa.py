"""Et lite korpus å trene på, og svar å regne mål på."""

from __future__ import annotations

from kontoplan.judge import Score
from kontoplan.sak import Dimensjon, Kontekst
from kontoplan.training.examples import Example
from kontoplan.training.line import CONSTRUCTED, Line
from kontoplan.training.predict import Prediction

PLANS: dict[Dimensjon, list[tuple[str, str, str]]] = {
    "art": [("11150", "Matvarer", "115"), ("11800", "Strøm", "180"), ("10100", "Fastlønn", "010")],
    "funksjon": [("20200", "Grunnskole", "202"), ("20100", "Barnehage", "201")],
    "ansvar": [("310", "Nes skole", "202"), ("320", "Nes barnehage", "201")],
    "balanse": [("21000", "Kasse", "10"), ("23200", "Leverandørgjeld", "35")],
}
PLACES = ("Lillevik", "Storevik", "Nesbyen", "konstruert-1", "konstruert-2")


def line(dimensjon: Dimensjon, tekst: str, *koder: str, sted: str = "", nummer: str = "") -> Line:
    origin = "omfatter" if not sted else CONSTRUCTED if sted.startswith(CONSTRUCTED) else f"dokument {sted}"
    return Line(dimensjon, tekst, koder, origin, 2026, "MIT", sted, nummer, "", Kontekst())


def corpus() -> list[Line]:
    general = [line(d, navn.lower(), kode) for d, plan in PLANS.items() for _, navn, kode in plan]
    charts = [
        line(d, navn, kode, sted=sted, nummer=nummer)
        for sted in PLACES
        for d, plan in PLANS.items()
        for nummer, navn, kode in plan
    ]
    return [*general, *charts]


def prediction(  # noqa: PLR0913 - det et svar består av
    sannsynlighet: float,
    *,
    right: bool = True,
    rest: tuple[float, ...] = (),
    blocked: bool = False,
    real: bool = True,
    sums: tuple[float, ...] = (),
) -> Prediction:
    """Et svar der koden «0» fikk ``sannsynlighet``, og «1», «2» … resten."""
    shares = (sannsynlighet, *rest)
    scores = tuple(Score(str(at), 0.0, s, p) for at, (p, s) in enumerate(zip(shares, sums or shares, strict=True)))
    own = line("art", "Konto", "0" if right else "1", sted="Lillevik" if real else "konstruert-1")
    return Prediction(Example(own, ()), shown=False, carried=False, blocked=blocked, scores=scores)
