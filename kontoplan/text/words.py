"""Ett ord om gangen: nynorsk til bokmål, stamme, og leddene et sammensatt ord er bygd av."""

from __future__ import annotations

from functools import cache, lru_cache

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


@cache
def _stemmer() -> object:
    import Stemmer  # noqa: PLC0415 - lastes først når noen trenger stammer

    return Stemmer.Stemmer("norwegian")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Stammen av et bokmålsord, den samme for alle bøyninger; aldri tom for et ord som ikke er tomt.

    Snowballs norske stammer (Porter, 2001) tar én endelse om gangen, så den gjentas til ordet står stille
    («vikarer» → «vikar» → «vik»).
    """
    while True:
        shorter: str = _stemmer().stemWord(word)  # type: ignore[attr-defined]
        if len(shorter) > _SHORTEST_PART and shorter[-1] == shorter[-2] and shorter[-1] not in "aeiouyæøå":
            shorter = shorter[:-1]
        if shorter == word or not shorter:
            return word
        word = shorter


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[str, ...]:
    """Leddene i et sammensatt bokmålsord, ``"kontorrekvisita"`` → ``("kontor", "rekvisita")``; tom når ordet ikke deles."""
    if not _SHORTEST_COMPOUND <= len(word) <= _MAX_WORD:
        return ()
    return _split(word, lexicon().parts) or ()


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
    return any(part.endswith(ending) and part[: -len(ending)] in known for ending in _ENDINGS)


_ENDINGS = ("e", "r", "er", "en", "et", "a", "ene", "ne", "s", "ar", "ane")
