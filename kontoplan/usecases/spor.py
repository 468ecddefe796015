"""«Hvor føres dette?»: et spørsmål inn, kodene ut, med begrunnelse og spørsmålene som avgjør."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.question import parse
from kontoplan.question.parse import LENGST
from kontoplan.rulebase.store import rulebase
from kontoplan.sak import Forslag
from kontoplan.svar import SPORDIMENSJONER, Del, Motsporsmal, Svar, Valg
from kontoplan.text.personal import MASK
from kontoplan.usecases.spor_avklaring import questions
from kontoplan.usecases.spor_grunner import earlier, from_rule, prohibitions, reasons
from kontoplan.usecases.spor_horing import Case, hear_case, with_answer
from kontoplan.usecases.spor_kode import about_codes
from kontoplan.usecases.spor_setning import sentence
from kontoplan.weights import weights

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.question import Question
    from kontoplan.sak import Regnskap
    from kontoplan.rulebase.rule import Avklaring
    from kontoplan.svar import Spordimensjon, Svarstatus
    from kontoplan.usecases.spor_horing import Part

_SHOWN, _LEAST, _COVERED = 4, 0.02, 0.95
_CONCERNS = 0.2  # uten en regel må den beste koden i en dimensjon det ikke er spurt om, være minst så sannsynlig
_TELLS = 0.12  # og noe i spørsmålet må si minst så mye om dimensjonen, og mer enn om den andre
_UNDERSTOOD = 1 / 3  # så stor del av ordene må være kjent
_MOSTLY = 1 / 2  # og så stor del for at svaret skal kunne være sikkert
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
        minne: Minnet med tidligere avgjørelser; brukes ikke av spørsmål ennå.

    Returns:
        Svaret. Det som ikke er forstått, får status ``ukjent``.

    Raises:
        UserError: året finnes ikke, eller ``minne`` er oppgitt.
    """
    if minne is not None:
        raise UserError("Spørsmål bruker ikke minnet ennå; spør uten.", code="uten-minne")
    return answer(open_case(tekst), Kodeverk.for_aar(aar, regnskap))


def open_case(tekst: str) -> Case:
    """Saken spørsmålet gjelder."""
    return Case.of(parse(tekst))


def reply(case: Case, question: Motsporsmal, choice: Valg) -> Case:
    """Saken når et motspørsmål er besvart."""
    between = frozenset(pair for svar in question.svar for pair in svar.koder)
    return with_answer(case, between, frozenset(choice.koder), dict(choice.kjent))


def answer(case: Case, kodeverk: Kodeverk) -> Svar:
    """Svaret på saken slik den står nå."""
    question = case.question
    if not question.kjerne and question.koder and not case.chosen:
        svar = about_codes(question, kodeverk)
    else:
        svar = _judged(case, kodeverk)
    svar = replace(svar, merknader=tuple(_notes(question)))
    return svar if svar.setning else replace(svar, setning=sentence(svar))


def _judged(case: Case, kodeverk: Kodeverk) -> Svar:
    if not case.question.kjerne:
        return Svar(case.question.tekst, kodeverk.aar, "ukjent")
    if not case.chosen and (svar := _about_rules(case, kodeverk)) is not None:
        return svar
    heard = hear_case(case, kodeverk)
    parts = [part for part in heard.values() if _concerned(part, case.question)]
    best = {part.dimensjon: part.best[0] for part in parts}
    klasse = _klasse(case, best, kodeverk) if parts else None
    forbidden = prohibitions(case, best, klasse, kodeverk)
    if not parts and not forbidden:
        return Svar(case.question.tekst, kodeverk.aar, "ukjent")
    statuses = {part.dimensjon: _status(part, case) for part in parts}
    codes = {part.dimensjon: _codes(part, statuses[part.dimensjon], kodeverk) for part in parts}
    asked = questions([p for p in parts if statuses[p.dimensjon] in {"usikker", "tvetydig", "avhenger"}], case)
    return Svar(
        case.question.tekst,
        kodeverk.aar,
        min(statuses.values(), key=_ORDER.index) if statuses else "avhenger",
        codes.get("funksjon", ()),
        codes.get("art", ()),
        klasse,
        tuple(share for part in parts for share in _shares(part, statuses[part.dimensjon])),
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
    if not ruled and (_known_share(part) < _UNDERSTOOD or part.vurdering.status == "ukjent"):
        return False
    tells = any(said.here >= max(_TELLS, said.there) or not said.known for said in part.said)
    return bool(asked) or ruled or (part.best[1] >= _CONCERNS and tells)


def _known_share(part: Part) -> float:
    return sum(said.known for said in part.said) / len(part.said) if part.said else 0.0


def _status(part: Part, case: Case) -> Svarstatus:
    decided = part.vurdering.status
    outcome = part.hearing.ruling.hits[0].outcome if part.hearing.ruling and part.hearing.ruling.agreed else None
    answered = any(d == part.dimensjon for asked, _ in case.chosen for d, _ in asked)
    if answered:
        return _by_odds(part)
    if decided == "fordeles":
        return "fordeles"
    if outcome and outcome.avklaring and _divides(outcome.avklaring, part.dimensjon):
        return "avhenger"
    if decided == "sikker":
        return "sikker" if _known_share(part) >= _MOSTLY else "usikker"
    if decided in {"internt", "utgatt"}:
        return "avhenger"
    return "tvetydig" if decided == "tvetydig" else "usikker"


def _divides(found: Avklaring, dimensjon: Spordimensjon) -> bool:
    """Om svarene på spørsmålet gir ulike koder i dimensjonen, eller ingen kode for noen av dem."""
    return len({tuple(kode for d, kode in svar.gir if d == dimensjon) for svar in found.svar}) > 1


def _about_rules(case: Case, kodeverk: Kodeverk) -> Svar | None:
    """Svaret når den mest spesifikke regelen ikke gir noen kode: et spørsmål om rapporteringen, ikke om en postering."""
    hits = rulebase().hits(case.question.tekst, aar=kodeverk.aar, regnskap=kodeverk.regnskap)
    found = hits[0].outcome.avklaring if hits and not hits[0].outcome.dimensjoner else None
    if found is None:
        return None
    question = Motsporsmal(found.sporsmal, tuple(Valg(svar.tekst, ()) for svar in found.svar))
    why = from_rule(hits[0].rule)
    return Svar(case.question.tekst, kodeverk.aar, "avhenger", avklaring=(question,), begrunnelse=(why,))


def _by_odds(part: Part) -> Svarstatus:
    """Statusen når spørreren har svart: den samme terskelen som ellers."""
    return "sikker" if part.best[1] >= weights().sikker[part.dimensjon] else "usikker"


def _codes(part: Part, status: Svarstatus, kodeverk: Kodeverk) -> tuple[Forslag, ...]:
    """Kodene som vises: den ene som er sikker, alle det deles på, eller dem som til sammen er sannsynlige nok."""
    dimension, odds = part.dimensjon, part.odds
    valid = [kode for kode in odds if kodeverk.finnes(dimension, kode)]
    if status == "fordeles":
        wanted = [andel.kode for andel in part.vurdering.fordeling]
        together = sum(odds[kode] for kode in wanted if kode in odds)
        return tuple(Forslag(kode, kodeverk.navn(dimension, kode), together) for kode in wanted)
    if part.vurdering.status == "internt":
        return ()
    wanted = valid[:1]
    if status != "sikker":
        wanted = _likely(valid, odds)
    if status == "avhenger" and part.hearing.ruling:
        named = part.hearing.ruling.hits[0].outcome.alternatives(dimension)
        wanted = sorted((k for k in named if k in odds), key=lambda k: -odds[k]) or wanted
    return tuple(Forslag(kode, kodeverk.navn(dimension, kode), odds[kode]) for kode in wanted)


def _likely(valid: list[str], odds: dict[str, float]) -> list[str]:
    found: list[str] = []
    for kode in valid[:_SHOWN]:
        if found and (odds[kode] < _LEAST or sum(odds[k] for k in found) >= _COVERED):
            break
        found.append(kode)
    return found


def _shares(part: Part, status: Svarstatus) -> list[Del]:
    if status != "fordeles":
        return []
    return [Del(part.dimensjon, a.kode, a.andel, a.grunnlag) for a in part.vurdering.fordeling]


def _klasse(case: Case, best: dict[Spordimensjon, str], kodeverk: Kodeverk) -> str:
    """KOSTRA-kontoklassen: den spørsmålet nevner, den eneste koden er lov i, ellers drift."""
    only = [found for d in SPORDIMENSJONER if d in best and (found := kodeverk.bare(d, best[d])) not in {None, "balanse"}]
    if case.known.get("klasse") == "investering":
        return kodeverk.kontoklasse("investering")
    return kodeverk.kontoklasse("investering" if "investering" in only else "drift")


def _notes(question: Question) -> list[str]:
    notes = []
    if question.tegn > LENGST:
        length = f"{question.tegn:,}".replace(",", " ")
        notes.append(f"Teksten er på {length} tegn; bare de første {LENGST} er lest. Spør om én ting om gangen.")
    if MASK in question.tekst:
        notes.append("Et mulig fødselsnummer er skjult. Det trengs ikke for å svare, og ingenting er lagret.")
    return notes
