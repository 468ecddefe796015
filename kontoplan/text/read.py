"""Fra en kontos navn slik det står, til ord som kan sammenlignes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kontoplan.text.address import name_addresses
from kontoplan.text.fold import fold
from kontoplan.text.lexicon import lexicon
from kontoplan.text.words import all_parts, canonical, stem

_SPACES = re.compile(r"[\s,;:()\[\]{}\"«»“”!?&+*=<>|_]+")
_NOT_WORD = re.compile(r"[^a-zæøå0-9]+")
_YEAR_FIRST, _YEAR_LAST = 1990, 2099
# Skilletegnene er talt opp (høyst tre): ubegrenset gjentak ville gitt kvadratisk tid på lange rekker av kolon.
_ENDS = re.compile(
    r"\b(?:utg[åa]r|utg[åa]tt|avslutta?|avsluttet|avvikles|avviklet|sperret|stengt|ikkje i bruk|ikke i bruk|inaktiv)\b"
    r"(?:[\s:,]{0,3}(?:f\.?\s?o\.?\s?m\.?|fra(?: og med)?|fr[åa]|fom|t\.?\s?o\.?\s?m\.?|til(?: og med)?|tom|per|pr\.?|i)?"
    r"[\s:.,]{0,3}((?:19|20)\d\d))?"
)
_CODE = re.compile(r"(?<![\d.,])\d{3,8}(?![\d]|[.,]\d)")
_JOINTS = re.compile(r"(?<=\.)(?=[a-zæøå])|[/\\]+|-+")
_SHORTEST_HEAD = 3
_ROUNDS = 4


@dataclass(frozen=True)
class Tekst:
    """En lest tekst.

    Attributes:
        kilde: Teksten ordrett.
        ord: Kanoniske bokmålsord i rekkefølge, uten tall; en gateadresse er ett ord.
        koder: Tall på 3–8 sifre som står i navnet og ikke er årstall (``"tjeneste 21140"`` → ``("21140",)``).
        utgaar: Sier navnet selv at kontoen er på vei ut («Utgår f.o.m. 2025», «ikke i bruk»).
        utgaar_aar: Årstallet som står i en slik merknad, når det står.
    """

    kilde: str
    ord: tuple[str, ...]
    koder: tuple[str, ...] = ()
    utgaar: bool = False
    utgaar_aar: int | None = None

    @cached_property
    def stammer(self) -> tuple[str, ...]:
        """Stammen av hvert ord, i rekkefølge."""
        return tuple(stem(word) for word in self.ord)

    @cached_property
    def ledd(self) -> tuple[str, ...]:
        """Stammen av leddene i alle sammensatte ord, og av leddene i dem igjen, i rekkefølge."""
        return tuple(stem(part) for word in self.ord for part in all_parts(word))

    @property
    def samlet(self) -> str:
        """Ordene som én streng, til sammenligning tegn for tegn."""
        return " ".join(self.ord)


@lru_cache(maxsize=65_536)
def read(text: str) -> Tekst:
    """Leser en tekst slik den står i en kontoplan, en hovedbok eller et spørsmål.

    Feiler aldri, og gir minst ett ord for en tekst som har minst én bokstav.
    """
    folded = fold(text)
    endings = list(_ENDS.finditer(folded))
    body = name_addresses(_without_endings(folded))
    codes = tuple(c for c in _CODE.findall(body) if not (len(c) == 4 and _YEAR_FIRST <= int(c) <= _YEAR_LAST))  # noqa: PLR2004
    year = next((int(found.group(1)) for found in endings if found.group(1)), None)
    words = _settled(_words(body, shouting=text.isupper() and len(text.split()) > 1, source=text), body)
    if not words and any(c.isalpha() for c in folded):
        words = (folded.replace(" ", ""),)
    return Tekst(text, words, codes, utgaar=bool(endings), utgaar_aar=year)


def _without_endings(folded: str) -> str:
    """Teksten uten merknader om at kontoen er på vei ut; hele teksten når det ikke er noe annet der."""
    body = " ".join(_ENDS.sub(" ", folded).split())
    return body if any(c.isalpha() for c in body) else folded


def _settled(words: list[str], body: str) -> tuple[str, ...]:
    """Ordene lest om igjen til de står stille, så «abonement.» og «abonnement» blir det samme."""
    for _ in range(_ROUNDS):
        joined = " ".join(words)
        if joined == body or not words:
            break
        body = joined
        words = _words(_without_endings(body), shouting=False, source="") or words
    return tuple(words)


def _words(body: str, *, shouting: bool, source: str) -> list[str]:
    chunks = [c.strip("'-/\\") for c in _SPACES.split(body)]
    chunks = [c for c in chunks if c]
    acronyms = set() if shouting else {c.strip("'-/\\.") for c in _SPACES.split(source)}
    words: list[str] = []
    at = 0
    while at < len(chunks):
        used, expansion = _expand(chunks, at, acronyms)
        words.extend(word for piece in expansion for word in _pieces(piece))
        at += used
    return words


def _expand(chunks: list[str], at: int, acronyms: set[str]) -> tuple[int, list[str]]:
    """Lengste kjente skrivemåte som begynner her: hvor mange biter den tar, og bitene den står for."""
    lex = lexicon()
    for length in range(min(lex.longest, len(chunks) - at), 0, -1):
        form = " ".join(chunks[at : at + length])
        meaning = lex.phrases.get(form)
        if meaning is None and "." in form:
            meaning = lex.phrases.get(form[:-1] if form.endswith(".") else form + ".")
        if meaning is not None:
            return length, meaning.split()
    chunk = chunks[at]
    upper = chunk.rstrip(".").upper()
    if upper in lex.acronyms and upper in acronyms:
        return 1, lex.acronyms[upper].split()
    return 1, _dotted(chunk, lex.phrases)


def _dotted(chunk: str, phrases: dict[str, str]) -> list[str]:
    """Biter med punktum, skråstrek eller bindestrek inni: hver del slås opp for seg («pensj.innsk.», «fors./skatt»)."""
    found: list[str] = []
    for piece in _JOINTS.split(chunk):
        if piece:
            meaning = phrases.get(piece) or (_shortened(piece, phrases) if piece.endswith(".") else None)
            found.extend(meaning.split() if meaning else [piece])
    return found


def _shortened(piece: str, phrases: dict[str, str]) -> str | None:
    """Et avkortet ord: kjent forkortelse til slutt («servicetj.»), ellers et ordledd som begynner slik («redn.»).

    Et helt ord med punktum bak er ikke avkortet: «testament.» er ikke en entreprenør.
    """
    if canonical(piece[:-1]) in lexicon().parts:
        return None
    for start in range(_SHORTEST_HEAD, len(piece) - _SHORTEST_HEAD + 1):
        meaning = phrases.get(piece[start:])
        if meaning is not None and " " not in meaning:
            return piece[:start] + meaning
    return lexicon().complete(piece[:-1])


def _pieces(piece: str) -> list[str]:
    """Reine ord av en bit: tegn bort, tall bort, nynorsk til bokmål."""
    return [canonical(word) for word in _NOT_WORD.sub(" ", piece).split() if not word.isdigit()]
