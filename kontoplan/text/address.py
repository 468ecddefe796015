"""Gateadresser i tekst: ett ord for alle, så navnet på gaten ikke leses som noe den ligger ved.

«Skolevegen 3» er ingen skole og «Kirkebakken 36 B» ingen kirke. En adresse i en kontoplan er et bygg, og mer sier den ikke.
"""

from __future__ import annotations

import re
from typing import Final

ADDRESS: Final = "gateadresse"
"""Ordet som står i stedet for en adresse."""

_LONGEST: Final = 30  # bokstaver foran endelsen; grensene gjør at lange rekker av bokstaver ikke tar kvadratisk tid
# «Fylkesvei 13» og «kommunevei 204» er veier, ikke bygg.
_ROADS: Final = (
    r"(?!(?:fylkes|riks|europa|kommune|skogs|gang|sykkel|atkomst|adkomst|privat|omkjørings|grus|bom)(?:ve[ig]|gat))"
)
_STREET: Final = rf"[a-zæøå]{{2,{_LONGEST}}}?(?:ve[ig](?:en)?|gat(?:e|a|en)|gt\.?|alleen)"
_NAMED_STREET: Final = rf"[a-zæøå]{{3,{_LONGEST}}} gat(?:e|a|en)"
# Stedsnavn med disse endelsene er like ofte enheter («Solhaugen 2»); da skal husnummeret være større enn en avdeling.
_PLACE: Final = (
    rf"[a-zæøå]{{2,{_LONGEST}}}?(?:bakken|haugen|svingen|kroken|jordet|løkka|sletta|grenda|toppen|stien|smuget)"
)
_LETTERS: Final = r"(?: ?[a-h](?: ?[-/] ?[a-h])?(?![a-zæøå0-9]))?"
_HOUSE: Final = rf"\d{{1,3}}(?!\d|[.,]\d|%){_LETTERS}"
_MORE: Final = rf"(?: ?(?:-|/|,|og|\+) ?{_HOUSE}(?![a-zæøå])){{0,5}}"
_PATTERN: Final = re.compile(
    rf"(?<![a-zæøå0-9]){_ROADS}(?:(?:{_STREET}|{_NAMED_STREET}) ?{_HOUSE}|{_PLACE} ?(?=\d\d|\d ?[a-h](?![a-zæøå0-9])){_HOUSE})"
    rf"(?![a-zæøå]){_MORE}"
)


def name_addresses(folded: str) -> str:
    """Den brettede teksten med hver gateadresse byttet med :data:`ADDRESS`.

    >>> name_addresses("strøm storgata 15 b"), name_addresses("fylkesvei 13")
    ('strøm gateadresse', 'fylkesvei 13')
    """
    if not any(c.isdigit() for c in folded):
        return folded
    return " ".join(_PATTERN.sub(f" {ADDRESS} ", folded).split())
