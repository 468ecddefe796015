"""En million posteringer gjennom alle vitnene, slik ``revider`` hører dem, ved siden av scikit-learns egen rørledning i den samme kjøringen.

Kjøres med ``python -m bench.posteringer``. Tekstene er kontonavn i korpuset satt sammen to og to til 28 000 forskjellige,
og hver gjentas som i en hovedbok: noen få ofte, de fleste sjelden. Alternativet gir en kode uten begrunnelse, flagg,
regler, gyldighet eller sannsynlighet som er kalibrert.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
import warnings
from statistics import median

from kontoplan.kodeverk import Kodeverk
from kontoplan.revisjon.flere import listen_all
from kontoplan.revisjon.horing import hear_texts
from kontoplan.training.corpus import corpus

POSTINGS, UNIQUE, WARM = 1_000_000, 28_000, 300
COLD = "import kontoplan as k; print(k.spor('Kaffe til møte').status)"


def texts() -> list[str]:
    """En million posteringstekster med 28 000 forskjellige; de samme hver gang."""
    chance = random.Random(1)  # noqa: S311 - ikke til noe hemmelig
    names = sorted({line.tekst for line in corpus() if line.dimensjon == "art"})
    unique: set[str] = set()
    while len(unique) < UNIQUE:
        unique.add(f"{chance.choice(names)} {chance.choice(names).split()[0]}")
    ordered = sorted(unique)
    return [*ordered, *(ordered[int(UNIQUE * chance.random() ** 3)] for _ in range(POSTINGS - UNIQUE))]


def ours(postings: list[str]) -> tuple[float, float]:
    """Sekunder for alle posteringene, og megabyte for programmet og prosessen det starter."""
    start = time.perf_counter()
    found = listen_all({"art": list(dict.fromkeys(postings))}, Kodeverk.for_aar())["art"]
    best = found.unique("kjerne", keep="first", maintain_order=True)  # de mest sannsynlige kodene står først
    answers = dict(zip(best["kjerne"], best["kode"], strict=True))
    coded = sum(tekst in answers for tekst in postings)
    print(f"{coded} av {POSTINGS} fikk en kode")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - start, (own + children) / 1024


def alternative(postings: list[str]) -> float:
    """Sekunder for TF-IDF på tegnfølger og logistisk regresjon, på de samme forskjellige tekstene."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - bare her
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415 - bare her
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415 - bare her

    lines = [line for line in corpus() if line.dimensjon == "art"]
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), SGDClassifier(loss="log_loss", random_state=0)
    ).fit([line.tekst.lower() for line in lines], [line.koder[0] for line in lines])
    start = time.perf_counter()
    unique = list(dict.fromkeys(postings))
    answers = dict(zip(unique, model.predict([tekst.lower() for tekst in unique]), strict=True))
    print(f"{len({answers[tekst] for tekst in postings})} forskjellige koder fra alternativet")
    return time.perf_counter() - start


def warm() -> float:
    """Millisekunder for ett svar når alt er lest; median."""
    kodeverk, spent = Kodeverk.for_aar(), []
    for tekst in texts()[:WARM]:
        start = time.perf_counter()
        hear_texts([tekst], "art", kodeverk)
        spent.append(time.perf_counter() - start)
    return median(spent) * 1000


def cold() -> float:
    """Sekunder for ett svar i en ny prosess; beste av fem."""
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True)
        spent.append(time.perf_counter() - start)
    return min(spent)


def main() -> None:
    """Måler og skriver tabellen."""
    warnings.simplefilter("ignore")
    postings = texts()
    seconds, megabytes = ours(postings)
    other = alternative(postings)
    print("| | kontoplan | scikit-learn | forhold |\n|---|--:|--:|--:|")
    print(
        f"| 1 000 000 posteringer, 28 000 forskjellige tekster | {seconds:.1f} s, {megabytes:.0f} MB | {other:.1f} s | {seconds / other:.1f} |"
    )
    print(f"| ett svar når alt er lest | {warm():.1f} ms | | |")
    print(f"| ett svar i en ny prosess | {cold():.2f} s | | |")


if __name__ == "__main__":
    main()
