"""«Hvor føres dette?»: et spørsmål inn, kodene ut, med begrunnelse og spørsmålene som avgjør."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk
from kontoplan.question import parse
from kontoplan.question.parse import LENGST
from kontoplan.rulebase.store import rulebase
from kontoplan.svar import SPORDIMENSJONER, Motsporsmal, Svar, Valg
from kontoplan.tall import thousands
from kontoplan.text.personal import MASK
from kontoplan.usecases.spor_avklaring import questions
from kontoplan.usecases.spor_grunner import earlier, from_rule, prohibitions, reasons
from kontoplan.usecases.spor_horing import Case, hear_case, with_answer
from kontoplan.usecases.spor_setning import sentence
from kontoplan.usecases.spor_status import codes_of, known_share, shares_of, status_of

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.evidence.memory import Memory
    from kontoplan.question import Question
    from kontoplan.sak import Regnskap
    from kontoplan.svar import Spordimensjon, Svarstatus
    from kontoplan.usecases.spor_horing import Part

_CONCERNS = 0.3  # uten en regel må den beste koden i en dimensjon det ikke er spurt om, være minst så sannsynlig
_TELLS = 0.12  # og noe i spørsmålet må si minst så mye om dimensjonen, og mer enn om den andre
_UNDERSTOOD = 1 / 3  # så stor del av ordene må være kjent
_UNSETTLED = frozenset({"usikker", "tvetydig", "avhenger"})
# Det svakeste svaret avgjør statusen for begge dimensjonene.
_ORDER: tuple[Svarstatus, ...] = ("fordeles", "avhenger", "tvetydig", "usikker", "sikker")


def spor(
    tekst: str, *, aar: int | None = None, regnskap: Regnskap = "kommune", minne: str | Path | None = None
) -> Svar:
    """Svarer på «hvor føres dette?».

    Args:
        tekst: Spørsmålet slik folk skriver det, på bokmål eller nynorsk, eller bare en kode.
        aar: Regnskapsåret; ``None`` er det nyeste i kodeverket.
        regnskap: Hva slags regnskap.
        minne: Minnet med tidligere avgjørelser; ``None`` bruker ingen.

    Returns:
        Svaret. Det som ikke er forstått, får status ``ukjent``.

    Raises:
        UserError: året finnes ikke, eller minnet er skadet.
    """
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    return answer(open_case(tekst), kodeverk, _memory(minne, kodeverk) if minne is not None else None)


def _memory(path: str | Path, kodeverk: Kodeverk) -> Memory | None:
    from kontoplan.evidence.memory import Memory  # noqa: PLC0415 - bare når et minne er oppgitt
    from kontoplan.memory.store import Minne  # noqa: PLC0415 - det samme

    store = Minne(path)
    known = store.avgjorelser("", kodeverk.regnskap) if store.finnes else []
    return Memory(known, kodeverk.aar) if known else None


def open_case(tekst: str) -> Case:
    """Saken spørsmålet gjelder."""
    return Case.of(parse(tekst))


def reply(case: Case, question: Motsporsmal, choice: Valg) -> Case:
    """Saken når et motspørsmål er besvart."""
    between = frozenset(pair for svar in question.svar for pair in svar.koder)
    return with_answer(case, between, frozenset(choice.koder), dict(choice.kjent))


def answer(case: Case, kodeverk: Kodeverk, known: Memory | None = None) -> Svar:
    """Svaret på saken slik den står nå; ``known`` er det som er avgjort før."""
    question = case.question
    if not question.kjerne and question.koder and not case.chosen:
        from kontoplan.usecases.spor_kode import about_codes  # noqa: PLC0415 - trengs sjelden, og tar tid å laste

        svar = about_codes(question, kodeverk)
    else:
        svar = _judged(case, kodeverk, known)
    svar = replace(svar, merknader=tuple(_notes(question)))
    return svar if svar.setning else replace(svar, setning=sentence(svar))


def _judged(case: Case, kodeverk: Kodeverk, known: Memory | None) -> Svar:
    if not case.question.kjerne:
        return Svar(case.question.tekst, kodeverk.aar, "ukjent")
    if not case.chosen and (svar := _about_rules(case, kodeverk)) is not None:
        return svar
    heard = hear_case(case, kodeverk, known)
    parts = _not_beside_the_internal(
        [part for part in heard.values() if _concerned(part, case.question)], case.question
    )
    best = {part.dimensjon: part.best[0] for part in parts}
    klasse = _klasse(case, best, kodeverk) if parts else None
    forbidden = prohibitions(case, best, klasse, kodeverk)
    if not parts and not forbidden:
        return Svar(case.question.tekst, kodeverk.aar, "ukjent")
    statuses = {part.dimensjon: status_of(part, case) for part in parts}
    codes = {part.dimensjon: codes_of(part, statuses[part.dimensjon], kodeverk) for part in parts}
    unsettled = [p for p in parts if codes[p.dimensjon] and statuses[p.dimensjon] in _UNSETTLED]
    asked = questions(unsettled, case)
    return Svar(
        case.question.tekst,
        kodeverk.aar,
        min(statuses.values(), key=_ORDER.index) if statuses else "avhenger",
        codes.get("funksjon", ()),
        codes.get("art", ()),
        klasse,
        tuple(share for part in parts for share in shares_of(part, statuses[part.dimensjon])),
        asked,
        (*forbidden, *(g for part in parts for g in reasons(part, codes[part.dimensjon], kodeverk))),
        earlier([(part, codes[part.dimensjon]) for part in parts], kodeverk),
    )


def _concerned(part: Part, question: Question) -> bool:
    """Om spørsmålet gjelder dimensjonen, og noe i det er forstått."""
    asked = question.dimensjoner
    ruled = part.hearing.ruling is not None
    if asked and part.dimensjon not in asked:
        return False
    if not ruled and (known_share(part) < _UNDERSTOOD or part.vurdering.status == "ukjent"):
        return False
    tells = any(said.here >= max(_TELLS, said.there) or not said.known for said in part.said)
    return bool(asked) or ruled or (part.best[1] >= _CONCERNS and tells)


def _not_beside_the_internal(parts: list[Part], question: Question) -> list[Part]:
    """Delene uten det ingen har spurt om og ingen regel taler om, når en regel sier at posteringen bare er intern."""
    if not any(part.hearing.ruling and part.vurdering.status == "internt" for part in parts):
        return parts
    return [part for part in parts if part.hearing.ruling or part.dimensjon in question.dimensjoner]


def _about_rules(case: Case, kodeverk: Kodeverk) -> Svar | None:
    """Svaret når den mest spesifikke regelen ikke gir noen kode: et spørsmål om rapporteringen, ikke om en postering."""
    hits = rulebase().hits(case.question.tekst, aar=kodeverk.aar, regnskap=kodeverk.regnskap)
    found = hits[0].outcome.avklaring if hits and not hits[0].outcome.dimensjoner else None
    if found is None:
        return None
    question = Motsporsmal(found.sporsmal, tuple(Valg(svar.tekst, ()) for svar in found.svar))
    why = from_rule(hits[0].rule)
    return Svar(case.question.tekst, kodeverk.aar, "avhenger", avklaring=(question,), begrunnelse=(why,))


def _klasse(case: Case, best: dict[Spordimensjon, str], kodeverk: Kodeverk) -> str:
    """KOSTRA-kontoklassen: den spørsmålet nevner, den eneste koden er lov i, ellers drift."""
    only = [
        found for d in SPORDIMENSJONER if d in best and (found := kodeverk.bare(d, best[d])) not in {None, "balanse"}
    ]
    if case.known.get("klasse") == "investering":
        return kodeverk.kontoklasse("investering")
    return kodeverk.kontoklasse("investering" if "investering" in only else "drift")


def _notes(question: Question) -> list[str]:
    notes = []
    if question.tegn > LENGST:
        notes.append(
            f"Teksten er på {thousands(question.tegn)} tegn; bare de første {LENGST} er lest. Spør om én ting om gangen."
        )
    if MASK in question.tekst:
        notes.append("Et mulig fødselsnummer er skjult. Det trengs ikke for å svare, og ingenting er lagret.")
    return notes
