"""Fra det som står i en celle til et svar: en kode, «Rapporteres ikke» eller en fordeling, eller hvorfor det ikke går."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kontoplan.avgjorelse import Svar, share_text
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.headings import AVGJORELSE, FORDELES, FORDELING, RAPPORTERES_IKKE
from kontoplan.sak import Andel
from kontoplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon

_CODE: Final = re.compile(
    r"(?P<kode>[0-9]{1,4}[A-ZÆØÅ]?)(?:\s*/\s*(?P<sektor>[0-9]{1,3}))?(?:[\s.:–-]+(?P<navn>.*))?", re.DOTALL
)
_SHARE: Final = re.compile(
    r"(?P<kode>[0-9]{1,4}[A-ZÆØÅ]?)[^:=]*[:=]\s*(?P<andel>[0-9]+(?:[.,][0-9]+)?)\s*(?P<prosent>%?)"
)
_PART: Final = re.compile(r"[;\n]+|,\s+(?=\d)")
_NOT_REPORTED: Final = {fold(RAPPORTERES_IKKE), "rapporteres ikkje", "ikke rapporteres", "internt"}
_SPLIT: Final = {fold(FORDELES), "fordelast", "deles"}
_SLACK: Final = Decimal("0.0005")  # avrunding: 33,33 % tre ganger er 99,99 %
_ODD_SPACES: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Avvist(ValueError):  # noqa: N818 - det er et svar til brukeren, ikke en feil i programmet
    """Hvorfor det som står i cellen ikke kan brukes, og hva en gjør; ``overskrift`` er kolonnen det gjelder."""

    def __init__(self, melding: str, overskrift: str) -> None:
        super().__init__(melding)
        self.melding, self.overskrift = melding, overskrift


def read_answer(
    text: str, split: str, dimensjon: Dimensjon, kodeverk: Kodeverk, named: Mapping[str, Sequence[Andel]]
) -> Svar:
    """Svaret i kolonnene ``Avgjørelse`` (``text``) og ``Fordeling`` (``split``).

    Args:
        text: F.eks. ``"115 Matvarer"``, ``"115"``, ``"16/890 …"``, ``"Rapporteres ikke"`` eller ``"Fordeles"``.
        split: Navnet på en fordeling, eller ``"202: 60 %; 222: 40 %"``.
        dimensjon: Hva kontoen er.
        kodeverk: Kodene i året.
        named: Fordelingene i arket Fordelinger, etter navnet slik ``fold`` gir det.

    Raises:
        Avvist: det som står der, er ikke et svar, eller koden gjelder ikke.
    """
    listed = codes(kodeverk, NATIONAL[dimensjon])
    said = fold(text)
    if said in _SPLIT:
        if not split:
            raise Avvist(f"Avgjørelsen er «{FORDELES}», men kolonnen {FORDELING} er tom; skriv fordelingen.", FORDELING)
        return Svar("fordeles", fordeling=_shares(split, listed, named))
    if split:
        raise Avvist(f"Raden har både avgjørelsen «{text}» og en fordeling; tøm den ene.", FORDELING)
    if said in _NOT_REPORTED:
        return Svar("rapporteres ikke")
    return _coded(text.translate(_ODD_SPACES).strip(), listed, AVGJORELSE)


def _coded(text: str, listed: Codes, column: str) -> Svar:
    found = _CODE.fullmatch(text)
    if found is None:
        kode = _by_name(text, listed)
        if kode is None:
            raise Avvist(f"«{_short(text)}» er ikke en kode; velg en i listen.", column)
        return Svar("kode", kode)
    kode = _valid(found["kode"], listed, column)
    _same_name(kode, found["navn"] or "", listed, column)
    if found["sektor"]:
        if listed.dimensjon != "kapittel":
            raise Avvist(f"«{_short(text)}» har en sektor, og det har bare balansekontoer.", column)
        return Svar("kode", kode, _valid(found["sektor"], codes(listed.kodeverk, "sektor"), column))
    if kode in listed.internal:
        return Svar("rapporteres ikke", kode)
    return Svar("kode", kode)


def _valid(kode: str, listed: Codes, column: str) -> str:
    """Koden slik listen skriver den, også når regnearket har tatt bort nullene foran.

    Raises:
        Avvist: koden gjelder ikke i året.
    """
    usable = listed.valid | listed.internal | {k.kode for k in listed.kodeverk.betingede(listed.dimensjon)}
    for candidate in (kode, kode.zfill(3)):
        if candidate in usable:
            return candidate
    known = next((c for c in (kode, kode.zfill(3)) if listed.ended(c)), None)
    name, year = listed.dimensjon.capitalize(), listed.kodeverk.aar
    if known:
        raise Avvist(f"{name} {known} gjelder ikke i {year}: {listed.expiry(known)}", column)
    raise Avvist(f"{name} {kode} finnes ikke i {year} ({listed.kodeverk.regnskap}); velg en kode i listen.", column)


def _same_name(kode: str, navn: str, listed: Codes, column: str) -> None:
    """Avviser en kode med navnet på en annen; et navn som er endret eller kortet ned, er greit."""
    if not navn or fold(navn) == fold(listed.kodeverk.navn(listed.dimensjon, kode)):
        return
    other = _by_name(navn, listed)
    if other and other != kode:
        raise Avvist(f"Koden {kode} står med navnet på {other}; rett den ene.", column)


def _by_name(text: str, listed: Codes) -> str | None:
    """Koden som heter akkurat dette; ``None`` når ingen eller flere gjør det."""
    said = fold(text)
    found = [k.kode for k in listed.kodeverk.koder(listed.dimensjon) if said in {fold(k.navn), fold(k.nynorsk)}]
    return found[0] if len(found) == 1 and said else None


def _shares(text: str, listed: Codes, named: Mapping[str, Sequence[Andel]]) -> tuple[Andel, ...]:

    known = named.get(fold(text))
    if known is None and ":" not in text and "=" not in text:
        raise Avvist(
            f"Fordelingen «{_short(text)}» finnes ikke i arket Fordelinger; skriv den der, eller som «202: 60 %; 222: 40 %».",
            FORDELING,
        )
    parts = known if known is not None else [_inline(part, listed) for part in _PART.split(text) if part.strip()]
    shares = tuple(Andel(_valid(a.kode, listed, FORDELING), a.andel, a.grunnlag) for a in parts)
    repeated = [a.kode for at, a in enumerate(shares) if a.kode in {b.kode for b in shares[:at]}]
    if repeated:
        raise Avvist(f"Koden {repeated[0]} står to ganger i fordelingen.", FORDELING)
    missing = [a.kode for a in shares if a.andel is None]
    if missing:
        raise Avvist(f"Andelen for {' og '.join(missing)} mangler i fordelingen; fyll den ut.", FORDELING)
    total = sum((Decimal(str(a.andel)) for a in shares), Decimal(0))
    if abs(total - 1) > _SLACK:
        raise Avvist(f"Andelene i fordelingen er {share_text(float(total))} til sammen; de skal være 100 %.", FORDELING)
    if any((a.andel or 0) <= 0 for a in shares):
        raise Avvist("En andel i fordelingen er 0 % eller mindre; ta bort linjen.", FORDELING)
    return shares


def _inline(part: str, listed: Codes) -> Andel:

    found = _SHARE.fullmatch(part.translate(_ODD_SPACES).strip())
    if found is None:
        raise Avvist(f"«{_short(part)}» er ikke en andel; skriv «{_example(listed)}».", FORDELING)
    share = read_share(f"{found['andel']}{found['prosent']}")
    return Andel(found["kode"], share, "")


def read_share(text: str) -> float | None:
    """Andelen (0–1) i en celle: ``0,6``, ``60 %`` eller ``60``; ``None`` når cellen er tom eller ikke er et tall.

    >>> read_share("0.6"), read_share("60 %"), read_share("60"), read_share("")
    (0.6, 0.6, 0.6, None)
    """
    plain = text.translate(_ODD_SPACES).replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return float(value / 100 if plain.endswith("%") or value > 1 else value)


def _example(listed: Codes) -> str:
    first, second, *_ = sorted(listed.valid)
    return f"{first}: 60 %; {second}: 40 %"


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
