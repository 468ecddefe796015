"""En regel: når den gjelder, hva den gir, hvorfor, og hvor det står."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.sak import Regnskap, Sikkerhet


WORD_FIELDS = ("tjeneste", "ansvar", "overskrift")
"""Det i sammenhengen rundt en tekst som er tekst selv, og leses som den."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Et ord eller uttrykk en regel ser etter.

    Attributes:
        tekst: Slik det står i regelen.
        stems: Stammene som må stå etter hverandre; ett element for et enkelt ord.
        kind: Hele ordet (eller et ledd), begynnelsen (``musikk*``) eller slutten (``*skole``) av det.
    """

    tekst: str
    stems: tuple[str, ...]
    kind: Literal["word", "prefix", "suffix"] = "word"


@dataclass(frozen=True, slots=True)
class Condition:
    """Når en regel treffer: alle gruppene, ingen av de forbudte, og alt i sammenhengen."""

    groups: tuple[tuple[Pattern, ...], ...]
    none: tuple[Pattern, ...] = ()
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()
    context_words: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    @property
    def context_examples(self) -> tuple[tuple[str, str], ...]:
        """En sammenheng regelen treffer i: det første som er lov, for hver ting den krever."""
        values = ((name, allowed[0]) for name, allowed in self.context)
        words = ((name, patterns[0].tekst.strip("*")) for name, patterns in self.context_words)
        return (*values, *words)


@dataclass(frozen=True, slots=True)
class Svar:
    """Ett svar på et avklarende spørsmål, og kodene det gir."""

    tekst: str
    gir: tuple[tuple[Kodedimensjon, str], ...]


@dataclass(frozen=True, slots=True)
class Avklaring:
    """Et spørsmål som avgjør mellom koder."""

    sporsmal: str
    svar: tuple[Svar, ...]


@dataclass(frozen=True, slots=True)
class Fordelt:
    """Koder et beløp deles på, og grunnlaget for delingen."""

    dimensjon: Kodedimensjon
    koder: tuple[str, ...]
    grunnlag: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Det en regel gir: koder, en fordeling, et spørsmål, at det er internt, eller at noe ikke er lov."""

    koder: tuple[tuple[Kodedimensjon, str], ...] = ()
    fordeling: Fordelt | None = None
    avklaring: Avklaring | None = None
    internt: tuple[tuple[Kodedimensjon, str], ...] = ()
    forbudt: tuple[tuple[Kodedimensjon, str], ...] = ()

    @property
    def dimensjoner(self) -> frozenset[str]:
        """Dimensjonene utfallet avgjør noe om."""
        found = {d for d, _ in (*self.koder, *self.internt)}
        if self.fordeling:
            found.add(self.fordeling.dimensjon)
        if self.avklaring:
            found.update(d for svar in self.avklaring.svar for d, _ in svar.gir)
        return frozenset(found)

    @property
    def all_codes(self) -> frozenset[tuple[Kodedimensjon, str]]:
        """Alle kodene utfallet kan gi: de faste, de et beløp deles på, og svarene på spørsmålet."""
        found = set(self.koder)
        if self.fordeling:
            found.update((self.fordeling.dimensjon, kode) for kode in self.fordeling.koder)
        if self.avklaring:
            found.update(pair for svar in self.avklaring.svar for pair in svar.gir)
        return frozenset(found)

    def code(self, dimensjon: str) -> str | None:
        """Den ene koden utfallet gir i dimensjonen, når det er én."""
        return next((kode for d, kode in self.koder if d == dimensjon), None)

    def alternatives(self, dimensjon: str) -> tuple[str, ...]:
        """Alle kodene utfallet kan gi i dimensjonen: den ene, de det deles på, eller svarene på spørsmålet."""
        one = self.code(dimensjon)
        if one:
            return (one,)
        if self.fordeling and self.fordeling.dimensjon == dimensjon:
            return self.fordeling.koder
        if self.avklaring:
            return tuple(dict.fromkeys(k for svar in self.avklaring.svar for d, k in svar.gir if d == dimensjon))
        return ()


@dataclass(frozen=True, slots=True)
class Kildested:
    """Hvor i en kilde regelen står: nøkkelen i ``rules/kilder.yaml`` og avsnittet."""

    dok: str
    avsnitt: str = ""


@dataclass(frozen=True, slots=True)
class Ikke:
    """En nærliggende kode som ikke er den rette, og hvorfor."""

    dimensjon: Kodedimensjon
    kode: str
    fordi: str


@dataclass(frozen=True, slots=True)
class Tilfelle:
    """Et eksempel på regelen: teksten, det den skal gi, og linjen det står på."""

    tekst: str
    gir: tuple[tuple[str, tuple[str, ...]], ...]
    treff: bool
    linje: int
    aar: int | None = None
    sammenheng: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """En regel slik den står i ``rules/regler``.

    Attributes:
        gir: Svaret i dag.
        tidligere: Svar som gjaldt til og med et år, eldste først.
        fra, til: Regnskapsårene regelen gjelder, begge med.
        fil, linje: Hvor den står.
    """

    id: str
    tittel: str
    nar: Condition
    gir: Outcome
    fordi: str
    kilder: tuple[Kildested, ...]
    sikkerhet: Sikkerhet
    godkjent: bool
    tilfeller: tuple[Tilfelle, ...]
    fil: str
    linje: int
    tidligere: tuple[tuple[int, Outcome], ...] = ()
    fra: int | None = None
    til: int | None = None
    regnskap: tuple[Regnskap, ...] = ("kommune",)
    ikke: tuple[Ikke, ...] = field(default=())

    def outcome(self, aar: int) -> Outcome:
        """Svaret som gjelder i året."""
        return next((gir for til, gir in self.tidligere if aar <= til), self.gir)

    def applies(self, aar: int, regnskap: str) -> bool:
        """Om regelen gjelder for året og regnskapet."""
        return (
            regnskap in self.regnskap
            and (self.fra is None or self.fra <= aar)
            and (self.til is None or aar <= self.til)
        )
