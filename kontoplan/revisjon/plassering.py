"""KOSTRA-kodene hovedbokens egne konto- og funksjonsnummer står for: etter koblingen, eller etter tallmønsteret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.evidence import number
from kontoplan.evidence.codes import codes
from kontoplan.kontoklasse import local_class
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.avgjorelse import Svar
    from kontoplan.evidence.number import NumberWitness
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.readback.mapping import Kart, Plassering
    from kontoplan.sak import Regnskap
    from kontoplan.svar import Spordimensjon

_RELIABLE = 0.8  # så stor del av numrene må bære koden når det ikke er noen kobling


@dataclass(frozen=True, slots=True)
class Sted:
    """Hvor et lokalt nummer hører hjemme.

    Attributes:
        klasse: ``drift``, ``investering`` eller ``balanse``; tom når den ikke er kjent.
        kode: KOSTRA-koden; tom når nummeret ikke kan plasseres.
        lest: Sifrene koden er lest av; ulik ``kode`` når sifrene ikke selv er en kode.
    """

    klasse: str
    kode: str
    lest: str


UKJENT = Sted("", "", "")


class Plasserer:
    """Slår opp hva lokale nummer står for.

    Args:
        kodeverk: Kodene i året.
        kart: Koblingen; ``None`` leser kodene av numrene.
        konti: Kontonumrene som er brukt med funksjon eller ansvar.
        funksjoner: Funksjonsnumrene som er brukt.
        fil: Filnavnet, til feilmeldingen.

    Raises:
        UserError: det er ingen kobling, og kodene kan ikke leses av kontonumrene.
    """

    def __init__(
        self, kodeverk: Kodeverk, kart: Kart | None, konti: Sequence[str], funksjoner: Sequence[str], fil: str
    ) -> None:
        self._kodeverk = kodeverk
        self._kart = kart
        self._patterns: Mapping[str, NumberWitness | None] = {}
        if kart is None:
            self._patterns = {
                "art": _pattern(konti, kodeverk, "art"),
                "funksjon": _pattern(funksjoner, kodeverk, "funksjon"),
            }
            found = self._patterns["art"]
            if found is None or found.andel < _RELIABLE:
                raise UserError(
                    f"Kontonumrene i {fil} bærer ikke KOSTRA-arten, så posteringene kan ikke vurderes uten kobling; "
                    "koble kontoplanen med «kontoplan koble», og oppgi arbeidsboken med --kobling.",
                    code="revider-trenger-kobling",
                )

    def account(self, konto: str, klasse: str, *, booked: bool) -> Sted:
        """Stedet en konto hører hjemme; ``booked`` er om posteringen har funksjon eller ansvar."""
        own = local_class(klasse, self._regnskap) or ""
        if own == "balanse":
            return Sted("balanse", "", "")
        if self._kart:
            return self._mapped_account(self._kart, konto, own, booked=booked)
        pattern = self._patterns["art"]
        reading = pattern.scheme.read(konto) if pattern else None
        if reading is None:
            return UKJENT if booked else Sted("balanse", "", "")
        own = own or local_class(reading.klasse or "", self._regnskap) or "drift"
        return Sted(own, reading.kode, reading.siffer)

    def function(self, funksjon: str, ansvar: str) -> Sted:
        """Funksjonen et funksjonsnummer står for; med kobling også den ansvaret hører til når nummeret mangler."""
        if self._kart:
            found = self._kart.finn("funksjon", funksjon) if funksjon else self._kart.finn("ansvar", ansvar)
            answer = _answer(found)
            return Sted("", answer.kode, answer.kode) if answer else UKJENT
        pattern = self._patterns["funksjon"]
        reading = pattern.scheme.read(funksjon) if pattern and funksjon else None
        return Sted("", reading.kode, reading.siffer) if reading else Sted("", "", funksjon)

    def _mapped_account(self, kart: Kart, konto: str, own: str, *, booked: bool) -> Sted:
        art, balance = kart.finn("art", konto), kart.finn("balanse", konto)
        if balance and (art is None or not booked):
            return Sted("balanse", "", "")
        answer = _answer(art)
        if art is None or answer is None:
            return UKJENT
        return Sted(own or self._kodeverk.klasse(art.klasse) or "drift", answer.kode, answer.kode)

    @property
    def _regnskap(self) -> Regnskap:
        return self._kodeverk.regnskap


def _answer(placed: Plassering | None) -> Svar | None:
    """Svaret når det er én kode; en konto som fordeles, kan ikke vurderes på koden."""
    answer = placed and (placed.svar or placed.forslag)
    return answer if answer and answer.utfall != "fordeles" and answer.kode else None


def _pattern(numbers: Sequence[str], kodeverk: Kodeverk, dimensjon: Spordimensjon) -> NumberWitness | None:
    fitted = weights(dimensjon)
    rows = [number.Row(text, ()) for text in numbers]
    listed = codes(kodeverk, dimensjon)
    return number.infer(rows, listed, fitted.palitelighet, fitted.likhet) if rows else None
