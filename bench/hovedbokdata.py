"""Lager en eksempelhovedbok av åpne data: Sogndal kommunes regnskap for 2011, delt opp i bilag.

Årssummene per ansvar, funksjon og art er ekte (``bench/data/sogndal_2011_linjer.csv``, se README der). Alt annet er laget:
hvordan summene er delt i bilag, datoer, tekster, leverandører, mva-koder og motpostene i balansen. Leverandørene finnes ikke,
og organisasjonsnumrene er syntetiske (begynner på 3, som ingen ekte gjør). Samme frø gir samme hovedbok.

    python -m bench.hovedbokdata hovedbok.csv --nokler nokler.xlsx --rader 60000 --fro 1 --aar 2026

Brukes av ``make demo-hovedbok``, av ``bench.hovedbok`` og av tester som vil plante feil i en ellers riktig hovedbok: hver
postering har ``linje``, nummeret på årssummen den er delt ut av, så det som er flyttet på, kan regnes mot det riktige.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SOURCE = Path(__file__).resolve().parent / "data" / "sogndal_2011_linjer.csv"
FUNCTIONS = SOURCE.with_name("sogndal_2011_funksjoner.csv")
HEADINGS = (
    "Bilag", "Bilagsdato", "Periode", "Konto", "Kontonavn", "Ansvar", "Ansvarsnavn", "Funksjon", "Prosjekt", "Tekst", "Leverandør",
    "Orgnr", "Mva-kode", "Beløp",
)  # fmt: skip
MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
BANK, PAYABLE, RECEIVABLE = (
    ("21032001", "Bankinnskot"),
    ("23289001", "Leverandørgjeld"),
    ("21389001", "Kundefordringar"),
)
_KOMPENSASJON, _SERVICES = "429", "270"
_YEAR_END = ("590", "990", "580", "589", "930", "980", "989", "570", "970")
_CORRECTED = 0.004
_FIRST = (
    "Fjord",
    "Vest",
    "Nord",
    "Sunn",
    "Bjørk",
    "Elve",
    "Stein",
    "Grøn",
    "Kvit",
    "Høg",
    "Lille",
    "Stor",
    "Ytre",
    "Indre",
    "Gamle",
    "Nye",
)
_LAST = ("vik", "dal", "nes", "stad", "berg", "haug", "sund", "mo", "land", "ås", "tun", "voll")
_TRADES: tuple[tuple[str, str], ...] = (
    ("10", "Kontor og Papir AS"), ("105", "Læremiddel AS"), ("11", "Helserekvisita AS"), ("115", "Engros Mat AS"), ("12", "Varehus AS"),
    ("13", "Tele AS"), ("14", "Trykk og Profil AS"), ("15", "Kurs og Konferanse AS"), ("16", "Reise AS"), ("17", "Buss og Transport AS"),
    ("18", "Kraftlag SA"), ("185", "Forsikring AS"), ("19", "Eigedom AS"), ("195", "Programvare AS"), ("20", "Utstyr AS"), ("21", "Bil AS"),
    ("22", "Leasing AS"), ("23", "Entreprenør AS"), ("24", "Service AS"), ("25", "Byggvare AS"), ("26", "Vaskeri AS"), ("27", "Rådgiving AS"),
    ("28", "Bygg AS"), ("30", "statlege tilsyn"), ("33", "fylkeskommune"), ("35", "kommune"), ("37", "Omsorg AS"), ("375", "IKS"), ("38", "IKS"),
    ("40", "statlege tilsyn"), ("43", "fylkeskommune"), ("45", "kommune"), ("47", "frivilligsentral"), ("475", "IKS"), ("48", "IKS"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linje:
    """En årssum i kilden, i øre."""

    nummer: int
    ansvar: str
    ansvarsnavn: str
    navn: str
    funksjon: str
    konto: str
    ore: int


@dataclass(frozen=True, slots=True)
class Postering:
    """En linje i hovedboken; beløpet er i øre, debet positivt. ``linje`` er årssummen den er delt ut av, -1 for motposter."""

    bilag: int
    dato: dt.date
    konto: str
    kontonavn: str
    ansvar: str
    ansvarsnavn: str
    funksjon: str
    prosjekt: str
    tekst: str
    leverandor: str
    orgnr: str
    mva_kode: str
    ore: int
    linje: int

    def row(self) -> tuple[str, ...]:
        """Posteringen slik et økonomisystem ville eksportert den."""
        kroner = f"{'-' if self.ore < 0 else ''}{abs(self.ore) // 100},{abs(self.ore) % 100:02}"
        return (
            str(self.bilag), f"{self.dato:%d.%m.%Y}", f"{self.dato:%Y%m}", self.konto, self.kontonavn, self.ansvar, self.ansvarsnavn,
            self.funksjon, self.prosjekt, self.tekst, self.leverandor, self.orgnr, self.mva_kode, kroner,
        )  # fmt: skip


def lines(aar: int, *, gamle_koder: bool = False) -> list[Linje]:
    """Årssummene i kilden. Utgåtte koder er byttet med etterfølgeren i ``aar``, med mindre ``gamle_koder`` er sann."""
    kodeverk = Kodeverk.for_aar(aar)
    found = []
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for nr, row in enumerate(csv.DictReader(file)):
            ansvar, _, name = row["ansvar"].partition(" ")
            line = Linje(
                nr, ansvar, name, row["konto_navn"], row["funksjon_kode"], row["art_kode"], int(row["belop"]) * 100
            )
            found.append(line if gamle_koder else _renewed(line, kodeverk))
    return found


def _renewed(line: Linje, kodeverk: Kodeverk) -> Linje:
    """Linjen med koder som gjelder; har en kode flere etterfølgere, velger ansvaret, så et ansvar alltid får den samme."""
    funksjon, art = line.funksjon[:3], line.konto[1:4]
    new_f = kodeverk.etterfolgere("funksjon", funksjon)
    new_a = kodeverk.etterfolgere("art", art)
    if new_f:
        line = replace(line, funksjon=new_f[sum(map(ord, line.ansvar)) % len(new_f)] + line.funksjon[3:])
    if new_a:
        other = (
            art == _SERVICES and "vikar" not in line.navn.lower()
        )  # 270 er delt i innleie (271) og andre tjenester (272)
        chosen = new_a[-1] if other else new_a[0]
        line = replace(line, konto=line.konto[0] + chosen + line.konto[4:])
    return line


def make(fro: int = 1, aar: int = 2026, rader: int = 60_000, *, gamle_koder: bool = False) -> list[Postering]:
    """Hovedboken, sortert på bilag; summen av alt er null, og summen per årslinje er kildens.

    Args:
        fro: Frøet; samme frø gir samme hovedbok.
        aar: Året posteringene får.
        rader: Omtrent så mange rader, motpostene medregnet.
        gamle_koder: Behold kodene fra 2011.
    """
    rng = np.random.default_rng(fro)
    source = [line for line in lines(aar, gamle_koder=gamle_koder) if line.ore]
    weights = np.array([_weight(line) for line in source])
    counts = np.maximum(1, np.round(weights * (rader * 0.72 / weights.sum()))).astype(int)
    suppliers = _suppliers(rng)
    drafts: list[tuple[tuple[int, str], Postering]] = []
    for line, count in zip(source, counts, strict=True):
        drafts += _split(line, int(count), aar, suppliers, rng)
    return _numbered(drafts)


def _weight(line: Linje) -> float:
    """Hvor mange posteringer en årssum er delt i, i forhold til de andre."""
    if line.konto[1:4] in _YEAR_END:
        return 0.0
    scale = {"0": 1.0, "1": 2.2, "2": 1.6, "3": 0.7, "4": 0.6, "6": 1.0, "7": 0.6}.get(line.konto[1], 0.15)
    return scale * (abs(line.ore) / 100) ** 0.5


def _split(
    line: Linje, count: int, aar: int, suppliers: dict[str, list[tuple[str, str]]], rng: np.random.Generator
) -> Iterator[tuple[tuple[int, str], Postering]]:
    """Posteringene en årssum blir til, med nøkkelen til bilaget de hører til."""
    parts = _shares(line.ore, count, rng, even=line.konto[1] == "0")
    art = line.konto[1:4]
    wage = line.konto[1] == "0"
    buying = line.konto[1] in "1234" and art != _KOMPENSASJON
    known = suppliers[_trade(line.konto[1:5])] if buying else [("", "")]
    for nr, ore in enumerate(parts):
        day = _day(line, nr, count, aar, rng)
        supplier, orgnr = known[int(rng.zipf(1.8)) % len(known)] if buying else ("", "")
        text = _text(line, day, supplier, rng)
        bunch = (
            f"lønn {line.ansvar}"
            if wage
            else f"{line.ansvar} {line.funksjon}"
            if art == _KOMPENSASJON
            else f"{line.nummer} {nr}"
        )
        project = f"P{line.ansvar.lstrip('F')}" if line.konto[0] == "0" else ""
        code = "1" if buying and line.konto[1] in "12" else ""
        post = Postering(
            0, day, line.konto, line.navn, line.ansvar, line.ansvarsnavn, line.funksjon, project, text, supplier, orgnr, code, ore, line.nummer
        )  # fmt: skip
        yield (day.toordinal(), bunch), post
        if buying and rng.random() < _CORRECTED:
            yield from _correction(post, bunch, rng)


def _correction(post: Postering, bunch: str, rng: np.random.Generator) -> Iterator[tuple[tuple[int, str], Postering]]:
    """Et bilag som er ført to ganger og så rettet: kredit på en utgiftskonto er vanlig, og ikke i seg selv galt."""
    again = min(post.dato + dt.timedelta(days=int(rng.integers(1, 20))), dt.date(post.dato.year, 12, 31))
    yield (post.dato.toordinal(), f"{bunch} igjen"), post
    yield (
        (again.toordinal(), f"{bunch} rettet"),
        replace(post, dato=again, tekst=f"Korr. dobbeltført {post.tekst}".strip(), ore=-post.ore),
    )


def _shares(ore: int, count: int, rng: np.random.Generator, *, even: bool) -> list[int]:
    """Øre delt i ``count`` tilfeldige deler som summerer til ``ore``; jevne for lønn, skjeve for kjøp."""
    weights = rng.lognormal(0, 0.15 if even else 0.9, count)
    edges = np.round(np.cumsum(weights) / weights.sum() * ore).astype(np.int64)
    edges[-1] = ore
    return [int(part) for part in np.diff(edges, prepend=0)]


def _day(line: Linje, nr: int, count: int, aar: int, rng: np.random.Generator) -> dt.date:
    if line.konto[1:4] in _YEAR_END:
        return dt.date(aar, 12, 31)
    month = nr * 12 // count + 1 if count >= 12 else int(rng.integers(1, 13))
    if line.konto[1] == "0":
        return dt.date(aar, month, 12)
    day = dt.date(aar, month, int(rng.integers(1, 29)))
    return day - dt.timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def _text(line: Linje, day: dt.date, supplier: str, rng: np.random.Generator) -> str:
    month = MONTHS[day.month - 1]
    if not supplier:
        return f"{line.navn} {month}"
    number = int(rng.integers(1000, 99999))
    style = int(rng.integers(0, 8))
    if style == 0:
        return ""
    if style == 1:
        return f"Faktura {number}"
    if style == 2:
        return f"{line.navn.upper()} {day:%m}-{day:%y}"
    if style == 3:
        return f"Fakt.nr {number} {line.navn}"
    return f"{line.navn}, {line.ansvarsnavn.lower()}" if style == 4 else f"{line.navn} {number}"


def _suppliers(rng: np.random.Generator) -> dict[str, list[tuple[str, str]]]:
    """Fag → oppdiktede leverandører med syntetisk organisasjonsnummer."""
    names = [a + b for a in _FIRST for b in _LAST]
    rng.shuffle(names)
    found: dict[str, list[tuple[str, str]]] = {}
    at = 0
    for trade, kind in _TRADES:
        found[trade] = []
        for _ in range(5):
            found[trade].append((f"{names[at % len(names)]} {kind}", _orgnr(at)))
            at += 1
    return found


def _orgnr(at: int) -> str:
    """Et gyldig, men syntetisk organisasjonsnummer: åtte siffer fra 3 og kontrollsiffer (modulus 11)."""
    number = 30_000_000 + at * 7
    while True:
        rest = 11 - sum(int(d) * w for d, w in zip(str(number), (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if rest != 10:
            return f"{number}{rest % 11}"
        number += 1


def _trade(art: str) -> str:
    """Faget til en art: den lengste nøkkelen i ``_TRADES`` arten begynner på, ellers den nærmeste under."""
    fitting = [trade for trade, _ in _TRADES if art.startswith(trade)]
    return max(fitting, key=len) if fitting else max(t for t, _ in _TRADES if t <= art)


def _numbered(drafts: list[tuple[tuple[int, str], Postering]]) -> list[Postering]:
    """Bilagene i datorekkefølge med nummer og motpost i balansen, så hvert bilag går i null."""
    drafts.sort(key=lambda item: item[0])
    found: list[Postering] = []
    number, total = 99_999, 0
    for at, (key, post) in enumerate(drafts):
        if at == 0 or key != drafts[at - 1][0]:
            number, total = number + 1, 0
        found.append(replace(post, bilag=number))
        total += post.ore
        if at + 1 == len(drafts) or drafts[at + 1][0] != key:
            found += _counterpart(post, number, total)
    return found


def _counterpart(post: Postering, number: int, total: int) -> list[Postering]:
    if not total:
        return []
    konto, name = PAYABLE if post.leverandor else RECEIVABLE if post.konto[1] in "67" else BANK
    return [
        replace(
            post,
            bilag=number,
            konto=konto,
            kontonavn=name,
            ansvar="",
            ansvarsnavn="",
            funksjon="",
            prosjekt="",
            mva_kode="",
            ore=-total,
            linje=-1,
        )
    ]


def write_csv(posts: Iterable[Postering], path: Path) -> None:
    """Hovedboken som CSV: semikolon, desimalkomma, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADINGS)
        writer.writerows(post.row() for post in posts)


def write_xlsx(posts: Iterable[Postering], path: Path) -> None:
    """Hovedboken som arbeidsbok, med tall og datoer som tall og datoer."""
    import xlsxwriter  # noqa: PLC0415 - bare når en arbeidsbok skal skrives

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, dates = book.add_worksheet("Hovedbok"), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for at, post in enumerate(posts, 1):
            for column, text in enumerate(post.row()[:-1]):
                if text:
                    sheet.write_string(at, column, text)
            sheet.write_datetime(at, 1, dt.datetime.combine(post.dato, dt.time()), dates)
            sheet.write_number(at, len(HEADINGS) - 1, post.ore / 100)


def write_chart(posts: Iterable[Postering], path: Path, aar: int) -> None:
    """Kontoplanen til hovedboken: kontoene, funksjonene og balansekontoene med navn."""
    import xlsxwriter  # noqa: PLC0415 - bare når en arbeidsbok skal skrives

    kodeverk = Kodeverk.for_aar(aar)
    with FUNCTIONS.open(encoding="utf-8", newline="") as file:
        names = {row["funksjon_kode"]: row["funksjon_navn"] for row in csv.DictReader(file)}
    accounts = sorted({(post.konto, post.kontonavn) for post in posts}, reverse=True)
    codes = {post.funksjon for post in posts if post.funksjon}
    sheets = {
        "Artar": (("Konto", "Kontonavn"), sorted(dict(a for a in accounts if len(a[0]) == 5).items())),
        "Funksjonar": (
            ("Funksjon", "Namn"),
            sorted((f, names.get(f) or kodeverk.navn("funksjon", f[:3])) for f in codes),
        ),
        "Balanse": (("Balansekonto", "Kontonavn"), sorted(a for a in accounts if len(a[0]) > 5)),
    }
    with xlsxwriter.Workbook(path) as book:
        for name, (heads, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads)
            for at, row in enumerate(rows, 1):
                for column, text in enumerate(row):
                    sheet.write_string(at, column, text)


# Nøklene i demoen: enhetene er ekte ansvar i kilden, kvadratmeterne og andelene er oppdiktet.
_AREAS = {
    "F110": ("38600", 900), "F310": ("13000", 2400), "F400": ("24100", 1800), "F460": ("26100", 6200), "F480": ("26500", 1100), "F501": ("22100", 700),
    "F502": ("22100", 650), "F503": ("22100", 600), "F520": ("22200", 1500), "F530": ("22200", 1900), "F540": ("22200", 4100), "F550": ("22200", 5300), "F560": ("22200", 4600),
}  # fmt: skip


def write_keys(path: Path) -> None:
    """Nøkkelarbeidsboken til demoen."""
    import xlsxwriter  # noqa: PLC0415 - bare når en arbeidsbok skal skrives

    units: Sequence[Sequence[object]] = (
        ("Enhet", "Funksjon", "Ansvar", "Fordeles etter", "Føring", "Debetkonto", "Kreditkonto"),
        ("Vedlikehaldsavdelinga", "19000", "300", "m²", "art", "", ""),
        ("FDV-fellesutgifter", "19000", "F300", "andeler", "sum", "12300", "16900"),
        ("Momskompensasjon til fordeling", "19000", "699", "andeler", "art", "", ""),
        ("Spesialpedagogisk hjelp", "20200", "711", "andeler", "art", "", ""),
    )
    keys: Sequence[Sequence[object]] = (
        ("Enhet", "Til funksjon", "Til enhet", "Til ansvar", "Andel"),
        ("FDV-fellesutgifter", "", "Vedlikehaldsavdelinga", "", 0.35),
        ("FDV-fellesutgifter", "22200", "", "F550", 0.40),
        ("FDV-fellesutgifter", "26100", "", "F460", 0.25),
        ("Momskompensasjon til fordeling", "12000", "", "", 1),
        ("Spesialpedagogisk hjelp", "20200", "", "", 0.70),
        ("Spesialpedagogisk hjelp", "21100", "", "", 0.22),
        ("Spesialpedagogisk hjelp", "21300", "", "", 0.08),
    )
    basis: list[Sequence[object]] = [("Til funksjon", "Til ansvar", "m²")]
    basis += [(funksjon, ansvar, area) for ansvar, (funksjon, area) in _AREAS.items()]
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("Enheter", units), ("Nøkler", keys), ("Grunnlag", basis)):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 6, 24)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


def main() -> None:
    """Skriver hovedboken (.csv eller .xlsx), og nøklene når det er bedt om det."""
    parser = argparse.ArgumentParser(description="Lager en eksempelhovedbok av åpne data.")
    parser.add_argument("ut", type=Path, help="hovedboken: .csv eller .xlsx")
    parser.add_argument("--nokler", type=Path, help="skriv også en nøkkelarbeidsbok hit")
    parser.add_argument("--kontoplan", type=Path, help="skriv også kontoplanen til hovedboken hit")
    parser.add_argument("--rader", type=int, default=60_000)
    parser.add_argument("--fro", type=int, default=1)
    parser.add_argument("--aar", type=int, default=2026)
    parser.add_argument("--gamle-koder", action="store_true", help="behold kodene fra 2011")
    parser.add_argument(
        "--avslutt", action="store_true", help="ta med en konstruert årsavslutning, så den kan rapporteres"
    )
    given = parser.parse_args()
    posts = make(given.fro, given.aar, given.rader, gamle_koder=given.gamle_koder)
    if given.avslutt:
        from bench.hovedbokslutt import year_end  # noqa: PLC0415 - bygger på denne modulen

        posts += year_end(posts, given.aar)
    (write_xlsx if given.ut.suffix == ".xlsx" else write_csv)(posts, given.ut)
    if given.nokler:
        write_keys(given.nokler)
    if given.kontoplan:
        write_chart(posts, given.kontoplan, given.aar)
    print(f"{given.ut}: {len(posts)} posteringer, sum {sum(post.ore for post in posts) / 100:.2f}")


if __name__ == "__main__":
    main()
