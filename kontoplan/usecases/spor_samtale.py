"""Det en samtale husker: saken og det siste svaret. Bare i minnet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kontoplan.question import parse
from kontoplan.text import fold
from kontoplan.usecases.spor import answer, open_case, reply
from kontoplan.usecases.spor_horing import Case

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.question import Question
    from kontoplan.svar import Svar, Valg

_FOLLOW = ("og ", "men ", "hva om ", "kva om ", "hva med ", "kva med ", "enn ", "dersom ", "hvis ")


class Samtale:
    """En samtale om én sak om gangen.

    Attributes:
        svar: Det siste svaret; ``None`` før noe er spurt om.
    """

    def __init__(self, kodeverk: Kodeverk) -> None:
        self._kodeverk = kodeverk
        self._case: Case | None = None
        self.svar: Svar | None = None

    @property
    def asking(self) -> bool:
        """Om det siste svaret har et motspørsmål."""
        return bool(self.svar and self.svar.avklaring)

    def forget(self) -> None:
        """Glemmer saken."""
        self._case = self.svar = None

    def say(self, line: str) -> Svar:
        """Svaret på det brukeren skriver: et svar på motspørsmålet, noe mer om saken, eller et nytt spørsmål."""
        choice = self._choice(line)
        if choice is not None and self._case is not None and self.svar is not None:
            self._case = reply(self._case, self.svar.avklaring[0], choice)
        elif self._case is not None and (more := _more(self._case.question, line)) is not None:
            known = {**self._case.known, **Case.of(more).known}
            self._case = replace(self._case, question=more, known=known)
        else:
            self._case = open_case(line)
        self.svar = answer(self._case, self._kodeverk)
        return self.svar

    def _choice(self, line: str) -> Valg | None:
        """Svaret på motspørsmålet: tallet, eller begynnelsen av teksten når bare ett svar begynner slik."""
        if not self.svar or not self.svar.avklaring:
            return None
        choices = self.svar.avklaring[0].svar
        wanted = fold(line.strip(" .)"))
        if wanted.isdecimal():
            return choices[int(wanted) - 1] if 0 < int(wanted) <= len(choices) else None
        begun = [choice for choice in choices if wanted and fold(choice.tekst).startswith(wanted)]
        return begun[0] if len(begun) == 1 else None


def _more(question: Question, line: str) -> Question | None:
    """Spørsmålet med det nye lagt til, når linjen fortsetter saken («og hvilken art?», «hva om det er investering?»)."""
    added = parse(line)
    if added.koder and not added.kjerne:
        return None
    only_frame = not added.kjerne and (added.dimensjoner or added.retning or added.klasse or added.mottaker)
    if not only_frame and not fold(line).startswith(_FOLLOW):
        return None
    merged = parse(f"{question.kjerne}, {added.kjerne or line}") if added.kjerne else question
    return replace(
        merged,
        dimensjoner=added.dimensjoner or question.dimensjoner,
        retning=added.retning or merged.retning,
        klasse=added.klasse or merged.klasse,
        mottaker=added.mottaker or merged.mottaker,
    )
