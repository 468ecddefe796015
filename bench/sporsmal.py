"""«Hvor føres dette?» målt: brevet, de 960 spørsmålene fra tjenesteområdene, og tiden.

Kjøres med ``python -m bench.sporsmal`` (``--prove`` for bare prøvesettet, ``--feil`` for å liste feilene).

Et spørsmål i ``bench/data/sporsmal`` er rett når beste kode i hver dimensjon med fasit er en av kodene i fasiten; når det skal
deles, når hele mengden er med; og når det avhenger, når programmet spør eller viser alternativene, og fasitens koder er blant
dem. Brevet måles på samme vis, i den eller de dimensjonene det er spurt om. «Sikkert feil» er svar med status ``sikker`` som ikke er rette.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import brev
from kontoplan.question import parse
from kontoplan.usecases.spor import spor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.svar import Svar

DATA = Path(__file__).resolve().parent / "data" / "sporsmal"
DIMENSIONS = ("funksjon", "art")
OPEN = {"tvetydig", "avhenger", "fordeles"}


def cases(sett: str | None = None) -> list[dict[str, Any]]:
    """Spørsmålene, alle eller bare ett sett (``utvikling`` eller ``prove``)."""
    lines = [line for path in sorted(DATA.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    found = [json.loads(line) for line in lines]
    return [case | {"omraade": case["id"][:2]} for case in found if sett in {None, case["sett"]}]


def offered(svar: Svar, dimension: str) -> list[str]:
    """Kodene svaret nevner i dimensjonen, beste først: kodene selv og dem motspørsmålene gir."""
    shown = [f.kode for f in svar.koder(dimension)]  # type: ignore[arg-type]
    asked = [kode for q in svar.avklaring for valg in q.svar for d, kode in valg.gir if d == dimension]
    return list(dict.fromkeys([*shown, *asked]))


def right(svar: Svar, dimension: str, slag: str, koder: list[str]) -> bool:
    """Om svaret er rett i dimensjonen."""
    found = offered(svar, dimension)
    if slag == "fordeles":
        return set(koder) == {f.kode for f in svar.koder(dimension)}  # type: ignore[arg-type]
    if slag == "avhenger":
        return svar.status in OPEN and set(koder) <= set(found)
    return bool(found) and found[0] in koder


def checks(case: dict[str, Any], svar: Svar) -> dict[str, bool]:
    """Om svaret er rett i hver dimensjon som har fasit."""
    return {d: right(svar, d, case[d]["slag"], case[d]["koder"]) for d in DIMENSIONS if d in case}


def confidently_wrong(case: dict[str, Any], svar: Svar) -> bool:
    """Om svaret er sikkert og viser en kode som er feil."""
    shown = {d: [f.kode for f in svar.koder(d)] for d in DIMENSIONS if d in case}  # type: ignore[arg-type]
    return svar.status == "sikker" and any(codes and codes[0] not in case[d]["koder"] for d, codes in shown.items())


def letter(case: dict[str, Any]) -> tuple[bool | None, Svar]:
    """Om en avgjørelse i brevet er besvart rett med kodene i 2026; ``None`` når fasiten ikke har noe svar."""
    svar = spor(case["sporsmal"])
    wanted = case["svar_2026"]
    if wanted is None:
        return None, svar
    if not any(wanted.values()):
        return svar.status in OPEN | {"ukjent"}, svar
    several = case["type"] == "avhenger"
    asked = parse(case["sporsmal"]).dimensjoner or DIMENSIONS
    verdict = []
    for d in DIMENSIONS:
        if wanted[d] and d in asked:
            one = len(wanted[d]) == 1
            slag = "kode" if one and svar.koder(d)[:1] else "avhenger" if several else "fordeles"  # type: ignore[arg-type]
            verdict.append(right(svar, d, slag, wanted[d]))
    return all(verdict), svar


def run_letter(*, list_errors: bool) -> None:
    """Skriver treffet på brevet."""
    found = [(case, *letter(case)) for case in brev.cases()]
    measured = [f for f in found if f[1] is not None]
    wrong = [(c, s) for c, ok, s in measured if not ok]
    sure = [(c, s) for c, s in wrong if s.status == "sikker"]
    print(f"brevet: {len(measured) - len(wrong)} av {len(measured)} rett ({1 - len(wrong) / len(measured):.1%}), "
          f"sikkert feil {len(sure)}")  # fmt: skip
    if list_errors:
        for case, svar in wrong:
            print(f"  {case['id']} «{case['sporsmal']}» {case['svar_2026']} {show(svar)}")


def run(sett: str, *, list_errors: bool) -> None:
    """Skriver treffet på ett sett spørsmål, per dimensjon, per område og per status."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    status: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in cases(sett):
        svar = spor(case["sporsmal"])
        verdict = checks(case, svar)
        totals["sikkert feil kode"][str(confidently_wrong(case, svar))] += 1
        for d, ok in verdict.items():
            totals[d][str(ok)] += 1
        everything = all(verdict.values())
        totals["alt"][str(everything)] += 1
        totals[f"område {case['omraade']}"][str(everything)] += 1
        status[svar.status][everything] += 1
        if list_errors and not everything:
            wanted = {d: case[d]["koder"] for d, ok in verdict.items() if not ok}
            print(f"  {case['id']} «{case['sporsmal']}» {wanted} {show(svar)}")
    for name, count in totals.items():
        print(f"{sett} {name}: {count['True']} av {count.total()} ({count['True'] / count.total():.1%})")
    for name, found in status.items():
        print(f"{sett} status {name}: {found[True]} av {found.total()} rett")


def show(svar: Svar) -> str:
    """Svaret kort."""
    codes = {d: [(f.kode, round(f.sannsynlighet, 2)) for f in svar.koder(d)] for d in DIMENSIONS}  # type: ignore[arg-type]
    return f"→ {svar.status} {codes['funksjon']} {codes['art']}"


def timing(questions: Iterable[str]) -> None:
    """Skriver prosessortiden for ett svar varmt (nye spørsmål, ferdig lastet program) og for hele kommandoen kaldt.

    Prosessortid er den samme om maskinen er opptatt med annet; på en ledig maskin er den også veggtiden.
    """
    taken = []
    for question in questions:
        start = time.process_time()
        spor(question)
        taken.append(time.process_time() - start)
    taken.sort()
    middle, most = taken[len(taken) // 2] * 1000, taken[len(taken) * 95 // 100] * 1000
    print(f"varmt: median {middle:.1f} ms, 95 % under {most:.1f} ms")
    for name, command in (
        ("spor", ["-m", "kontoplan", "spor", "PC til ordføreren"]),
        ("tom Python", ["-c", "pass"]),
    ):
        print(f"kaldt, {name}: {min(_cold(command) for _ in range(5)):.2f} s (beste av fem)")


def _cold(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Måler det som er bedt om."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prove", action="store_true", help="bare prøvesettet")
    parser.add_argument("--utvikling", action="store_true", help="bare utviklingssettet og brevet")
    parser.add_argument("--feil", action="store_true", help="list feilene")
    parser.add_argument("--tid", action="store_true", help="bare tiden")
    asked = parser.parse_args()
    if asked.tid:
        spor("oppvarming")
        timing([case["sporsmal"] for case in cases()])
        return
    if not asked.prove:
        run_letter(list_errors=asked.feil)
        run("utvikling", list_errors=asked.feil)
    if not asked.utvikling:
        run("prove", list_errors=asked.feil)


if __name__ == "__main__":
    main()
