"""Ett ord om gangen: nynorsk til bokmål, stamme, og leddene et sammensatt ord er bygd av."""

from __future__ import annotations

from functools import lru_cache

from kontoplan.text.lexicon import lexicon

_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_MAX_WORD = 60  # lengre «ord» er ikke ord; de deles ikke
_ROUNDS = 4


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """Bokmålsformen av et brettet ord: ``"heimesjukepleie"`` blir ``"hjemmesykepleie"``.

    Gir det samme om den brukes flere ganger.
    """
    for _ in range(_ROUNDS):
        swapped = _swap(word)
        if swapped == word:
            return word
        word = swapped
    return word


def _swap(word: str) -> str:
    lex = lexicon()
    if word in lex.whole:
        return lex.whole[word]
    # «løn» i «lønn» er allerede bokmål; et bytte som bare ville forlenge seg selv, gjøres ikke.
    for old, new in lex.start:
        if word.startswith(old) and not word.startswith(new):
            word = new + word[len(old) :]
            break
    for old, new in lex.inside:
        if old in word and (new not in word or old not in new):
            word = word.replace(old, new)
    for old, new in lex.end:
        if word.endswith(old) and not word.endswith(new) and len(word) > len(old):
            word = word[: -len(old)] + new
            break
    return word


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Stammen av et bokmålsord, den samme for alle bøyninger; aldri tom, og den samme om den brukes flere ganger.

    Bare bøyning tas bort, én endelse om gangen til ordet står stille («vikarer» → «vikar» → «vik»). Avledninger blir
    stående: «kommunelege» er ikke «kommune», og «tillegg» er ikke «til».
    """
    shorter = _without_genitive(word)
    while True:
        ending = next((e for e in _ENDINGS if shorter.endswith(e) and len(shorter) - len(e) >= _SHORTEST_STEM), "")
        if not ending:
            return _single_consonant(shorter)
        shorter = shorter[: -len(ending)]


_SHORTEST_STEM = 3
_LONG_GENITIVE = 8
_ENDINGS = ("ene", "ane", "er", "en", "et", "ar", "e", "a")
_GENITIVES = ("ens", "ets", "enes", "anes", "ers")


def _without_genitive(word: str) -> str:
    """Ordet uten genitiv-s; «lønns-» og «ordførerens», men ikke «lisens» og «kurs»."""
    if not word.endswith("s"):
        return word
    owner = word.endswith(_GENITIVES) and len(word) >= _LONG_GENITIVE
    return word[:-1] if owner or word[:-1] in lexicon().parts else word


def _single_consonant(word: str) -> str:
    """«sykehjemm(et)» og «sykehjem» er samme stamme; «billett» beholder begge, ellers ble det en ny endelse."""
    if len(word) <= _SHORTEST_STEM or word[-1] != word[-2] or word[-1] in "aeiouyæøå":
        return word
    bare = word[:-1]
    strippable = any(bare.endswith(e) and len(bare) - len(e) >= _SHORTEST_STEM for e in _ENDINGS)
    return word if strippable else bare


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[str, ...]:
    """Leddene i et sammensatt bokmålsord, ``"kontorrekvisita"`` → ``("kontor", "rekvisita")``; tom når ordet ikke deles."""
    if not _SHORTEST_COMPOUND <= len(word) <= _MAX_WORD or _undivided(word):
        return ()
    return _split(word, lexicon().parts) or ()


def _undivided(word: str) -> bool:
    whole = lexicon().undivided
    return word in whole or any(word.endswith(e) and word[: -len(e)] in whole for e in _INFLECTIONS)


def all_parts(word: str) -> tuple[str, ...]:
    """Leddene, og leddene i dem igjen: ``"barneskolelokale"`` → ``("barne", "skolelokale", "skole", "lokale")``."""
    own = parts(word)
    return (*own, *(inner for part in own for inner in all_parts(part)))


def _split(word: str, known: dict[str, int]) -> tuple[str, ...] | None:
    """Færrest mulig kjente ledd som dekker hele ordet, med binde-s eller binde-e mellom; ``None`` når det ikke går."""
    best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
    best[0] = ()
    for start in range(len(word)):
        so_far = best[start]
        if so_far is None:
            continue
        for end in range(start + _SHORTEST_PART, len(word) + 1):
            part = word[start:end]
            if part == word:  # ordet selv er ikke et ledd i seg
                continue
            if part not in known and not (end == len(word) and _inflected(part, known)):
                continue
            for stop in {end, end + 1 if word[end : end + 1] in {"s", "e", "-"} and end + 1 < len(word) else end}:
                current = best[stop]
                if current is None or len(so_far) + 1 < len(current):
                    best[stop] = (*so_far, part)
    return best[len(word)]


def _inflected(part: str, known: dict[str, int]) -> bool:
    """Siste ledd kan være bøyd: «-avgifter» når «avgift» er kjent."""
    return any(part.endswith(ending) and part[: -len(ending)] in known for ending in _INFLECTIONS)


_INFLECTIONS = ("e", "r", "er", "en", "et", "a", "ene", "ne", "s", "ar", "ane")
