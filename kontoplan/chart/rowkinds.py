"""Hva en rad er: konto, sum, overskrift, eller bare tekst."""

from __future__ import annotations

import re
from functools import lru_cache

_SUM = re.compile(
    r"(?:delsum|sumlinje|sum|totalsum|totalt|total|i\s?alt|til\s?saman|til\s?sammen|grand total|"
    r"(?:netto|brutto)\s?(?:drifts|finans|lån|utgift|inntekt|kostnad|ramme|beløp|invest|resultat)\w*(?:\s(?:i alt|totalt))?|"
    r"årets (?:netto|samla|samlede).*|(?:over|under)skudd|(?:over|under)skot)\b",
    re.IGNORECASE,
)
_SUM_END = re.compile(r"\b(?:totalt|i alt|t\.?o\.?t\.?)\s*:?$|^=+|^\**\s*sum\b", re.IGNORECASE)
_NETTO = re.compile(r"netto\b", re.IGNORECASE)
_SPACED = re.compile(r"(?:[^\W\d_]\s){2,}[^\W\d_]\b")
_FOOTER = re.compile(
    r"(?:side|page|utskrift|utskriftsdato|skrevet ut|skrive ut|kjørt|køyrd|dato|rapport|kilde|kjelde|firma|klient|periode)\b\s*:?\s*[\d(]|side \d+ av|"
    r"^(?:https?://|www\.)",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"(?P<felt>ansvar(?:sområde|ssted|senhet)?|koststed|kostnadssted|avdeling|enhet|eining|virksomhet|funksjon|tjeneste(?:område)?|teneste(?:område)?)"
    r"\s*(?:nr\.?|nummer)?\s*[:.\-–]?\s*(?P<verdi>[A-ZÆØÅ]?\d[\w.\-]*\b.*)",
    re.IGNORECASE,
)
_FIELDS = (
    ("ansvar", "ansvar"),
    ("kost", "ansvar"),
    ("avdeling", "ansvar"),
    ("enhet", "ansvar"),
    ("eining", "ansvar"),
    ("virksomhet", "ansvar"),
)
_MANY_LETTERS = 4
_LOOKED_AT = 200  # en overskrift er ikke lengre; en celle kan ha 32 000 tegn


@lru_cache(maxsize=32768)
def is_sum(text: str, *, coded: bool) -> bool:
    """Om teksten er en sum. Med eget nummer skal den begynne med det; «Netto …» og «** Sum» uten nummer er også summer.

    >>> is_sum("Sum serie 01", coded=False), is_sum("T O T A L T", coded=False), is_sum("Summarisk", coded=False)
    (True, True, False)
    """
    plain = _SPACED.sub(lambda m: m[0].replace(" ", ""), text.strip(" :" if coded else " *=-–—:"))
    if _SUM.match(plain):
        return not (coded and re.match(r"(?:over|under)sk|(?:netto|brutto)|årets", plain, re.IGNORECASE))
    return not coded and bool(_NETTO.match(plain) or _SUM_END.search(plain))


def is_footer(text: str) -> bool:
    """Om teksten er sidetall, utskriftsdato eller annet som rapporten har satt på."""
    return _FOOTER.match(text) is not None


def context_heading(text: str) -> tuple[str, str] | None:
    """Feltet i konteksten og verdien når en overskrift sier det selv: «Ansvar: 1100 Rådmann».

    >>> context_heading("Ansvar: 1100 Rådmann"), context_heading("Funksjon 120 Administrasjon")
    (('ansvar', '1100 Rådmann'), ('tjeneste', '120 Administrasjon'))
    """
    match = _CONTEXT.fullmatch(text)
    if match is None:
        return None
    word = match["felt"].casefold()
    value = re.sub(r"^(\w[\w.\-]*?)\s*[-–:]\s+", r"\1 ", match["verdi"].strip())
    return ("ansvar" if any(word.startswith(w) for w, _ in _FIELDS) else "tjeneste"), value


def is_upper(text: str) -> bool:
    """Om teksten er skrevet med bare store bokstaver (og har mer enn en forkortelse).

    >>> is_upper("LØNN OG SOSIALT"), is_upper("KLP"), is_upper("Lønn")
    (True, False, False)
    """
    letters = [c for c in text[:_LOOKED_AT] if c.isalpha()]
    return len(letters) >= _MANY_LETTERS and all(c.isupper() for c in letters)


def is_series(text: str) -> bool:
    """Om teksten i nummerkolonnen er en serie og ikke et nummer: «10-19», «0..9», «Serie 1», «1xxx»."""
    return re.fullmatch(r"\d+\s*(?:-|–|\.\.|til)\s*\d+|serie.*|\d*x+", text, re.IGNORECASE) is not None
