"""Tilpasser dommeren: klassifikatorer og vekter med hver kommune holdt utenfor, og tersklene på svarene det gir.

Vektene er de som gjør de rette kodene mest mulig sannsynlige (betinget logistisk regresjon). Svarene tersklene settes
på, kommer fra klassifikatorer og vekter som ikke har sett kommunen. De ekte, de konstruerte og de vanskelige
kontoplanene teller like mye, hvor få kontoer det enn er i dem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields, replace
from math import ceil, inf, log
from statistics import fmean, pvariance
from typing import TYPE_CHECKING, Any, Final, get_args

import numpy as np

from kontoplan.evidence import number
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.model import ModelWitness
from kontoplan.hearing import CONTRADICTION
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Dimensjon
from kontoplan.training import logit, thresholds
from kontoplan.training.classifier import train
from kontoplan.training.examples import FOLDS, examples, folds, held_out, tables
from kontoplan.training.line import KINDS, fingerprint
from kontoplan.training.predict import hearings, predict
from kontoplan.weights import Judgement, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.linear import LinearModel
    from kontoplan.hearing import Hearing
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.training.examples import Example
    from kontoplan.training.line import Line
    from kontoplan.training.predict import Prediction

    Progress = Callable[[str], None]

NATIONALS: Final[tuple[Kodedimensjon, ...]] = tuple(dict.fromkeys(NATIONAL.values()))
# Vitnene i den rekkefølgen vektene deres tilpasses, med grensene. Ordlyden er den som kan vise til en kilde, og en kode
# som er forbudt i kontoklassen, skal aldri gå fri; de veier alltid noe. Reglene er også for spørsmål og posteringer, og kontoplanene
# vektene tilpasses på, er bare navn, så en regel teller alltid minst som 12 mot 1. Det som bare er kunnskap, veier aldri mer
# enn det som står i en kilde: de tre reglevektene er lag på lag.
_COLUMNS: Final[dict[str, tuple[float | None, float | None]]] = {
    "ordlyd": (0.5, None),
    "modell": (0, None),
    "nummer": (0, None),
    "regel": (2.5, None),
    "delvis": (0, None),
    "kilde": (0, None),
    "regel_dekning": (0, None),
    "rapporteres_ikke": (-6, 0),
    "gyldighet": (2, None),
}
_AT = {name: at for at, name in enumerate(_COLUMNS)}
_LAYERS = {"kunnskap": ("regel",), "delvis": ("regel", "delvis"), "kilde": ("regel", "delvis", "kilde")}
_WEIGHTLESS: Final = 1e-9  # under dette er et vitne ikke hørt
_WORTH_A_PROCESS: Final = 2000  # linjer
_PRIOR_STRENGTH = (2.0, 10.0)
_NEVER_WRONG = 0.5  # lagt til, så ingen andel blir 0 eller 1


@dataclass(frozen=True)
class Trained:
    """Resultatet av treningen: klassifikatorene, dommeren, og svarene tersklene er satt på."""

    models: Mapping[Kodedimensjon, LinearModel]
    judgement: Judgement
    unseen: Sequence[Prediction]


def train_all(lines: Sequence[Line], start: Judgement, progress: Progress = lambda _message: None) -> Trained:
    """Klassifikatorene og dommeren for linjene i korpuset.

    Args:
        lines: Korpuset.
        start: Dommeren som gir det som ikke tilpasses (vekten til minnet).
        progress: Kalles med en kort norsk setning for hvert steg.
    """
    kodeverk = Kodeverk.for_aar()
    known, fold = examples(lines, kodeverk), folds(lines)
    without = [held_out(lines, fold, out) for out in range(FOLDS)]
    *partial, full = _train_each([*without, list(lines)], progress)
    held = {
        (out, n): ModelWitness(m, codes(kodeverk, n)) for out, found in enumerate(partial) for n, m in found.items()
    }

    def unseen_model(example: Example) -> ModelWitness:
        return held[fold[example.line.splitt], NATIONAL[example.line.dimensjon]]

    progress("Hører alle kontoene")
    heard = _hear_all(known, kodeverk, unseen_model)
    unseen: list[Prediction] = []
    for out in range(FOLDS):
        progress(f"Svarer for kommunene i fold {out + 1} av {FOLDS}")
        fitted = _fit(heard, start, lambda e, out=out: fold[e.line.splitt] != out)  # type: ignore[misc]
        own = [example for example in known if fold[example.line.splitt] == out]
        unseen += predict(own, kodeverk, fitted.__getitem__, unseen_model)
    progress("Tilpasser på alle kommunene")
    fitted = _fit(heard, start, lambda _example: True)
    final = {d: _with_thresholds(w, [p for p in unseen if p.example.line.dimensjon == d]) for d, w in fitted.items()}
    return Trained(full, Judgement(final, fingerprint(lines)), unseen)


def _train_each(parts: Sequence[Sequence[Line]], progress: Progress) -> list[dict[Kodedimensjon, LinearModel]]:
    """Klassifikatorene for hver del, i samme rekkefølge; to prosesser om gangen når det er noe å tjene på det."""
    from joblib import Parallel, delayed  # noqa: PLC0415 - bare til trening

    workers = 2 if len(parts[0]) > _WORTH_A_PROCESS else 1
    running = Parallel(n_jobs=workers, return_as="generator")(delayed(classifiers)(part) for part in parts)
    found = []
    for done, models in enumerate(running, 1):
        progress(f"Har trent {done} av {len(parts)} sett klassifikatorer")
        found.append(models)
    return found


def classifiers(lines: Sequence[Line]) -> dict[Kodedimensjon, LinearModel]:
    """Én klassifikator per nasjonal dimensjon."""
    return {n: train([line for line in lines if NATIONAL[line.dimensjon] == n]) for n in NATIONALS}


@dataclass(frozen=True)
class _Heard:
    """Sakene i én dimensjon: eksemplet bak hver, om navn og nummer var uenige, og om nummeret da hadde rett."""

    owners: Sequence[Example]
    cases: logit.Cases
    disputed: Sequence[bool | None]
    tables: Sequence[Sequence[Example]]


def _hear_all(
    known: Sequence[Example], kodeverk: Kodeverk, model: Callable[[Example], ModelWitness]
) -> dict[Dimensjon, _Heard]:
    """Hører alle eksemplene med vekt 1 på hvert vitne, så det de sier, kan veies etterpå."""
    groups: dict[Dimensjon, list[Sequence[Example]]] = defaultdict(list)
    for dimension, table in tables(known):
        groups[dimension].append(table)
    found: dict[Dimensjon, _Heard] = {}
    for dimension, own in groups.items():
        listed = codes(kodeverk, NATIONAL[dimension])
        unit = replace(_UNIT, **_from_tables(own, listed))
        members = [example for table in own for example in table]
        heard = list(hearings(members, kodeverk, lambda _d, unit=unit: unit, model))  # type: ignore[misc]
        owners = [example for example, _, _ in heard]
        cases = _cases(heard, listed, _importance(members, owners))
        disputed = [_number_right(hearing, example) for example, _, hearing in heard]
        found[dimension] = _Heard(owners, cases, disputed, own)
    return found


_UNIT: Final = Weights(
    ordlyd=1, likhet=1, modell=1, nummer=1, uenighet=inf,
    regel={"kilde": 1, "delvis": 1, "kunnskap": 1}, regel_dekning=0, minne={},
    rapporteres_ikke=0, feil_klasse=-1, palitelighet=(1, 1),
    sikker=0, sikker_med_nummer=0, ukjent=0, dekning=0, grovt=0,
)  # fmt: skip


def _importance(members: Sequence[Example], heard: Sequence[Example]) -> NDArray[np.float64]:
    """Hvor mye hvert hørt eksempel teller: hvert slag kontoplaner blant ``members`` får den samme summen."""
    kinds = Counter(example.line.kind for example in members)
    return np.asarray([len(members) / (len(kinds) * kinds[example.line.kind]) for example in heard])


def _cases(
    heard: Sequence[tuple[Example, bool, Hearing]], listed: Codes, importance: NDArray[np.float64]
) -> logit.Cases:
    kodes = sorted(listed.valid | listed.internal | listed.dead)
    at = {kode: column for column, kode in enumerate(kodes)}
    clues = np.zeros((len(heard), len(kodes), len(_COLUMNS)), dtype=np.float32)
    truth = np.zeros((len(heard), len(kodes)), dtype=np.float32)
    unreported = [at[kode] for kode in (*listed.internal, *listed.dead)]
    clues[:, unreported, _AT["rapporteres_ikke"]] = 1
    for row, (example, _, hearing) in enumerate(heard):
        for statement in hearing.evidence:
            if statement.kode in at:
                for name, value in _said(statement.bevis, statement.weight, statement.regel, hearing).items():
                    clues[row, at[statement.kode], _AT[name]] += value
        truth[row] = _truth(example, at, hearing.numbered)
    return logit.Cases(clues, truth, importance * truth.any(axis=1))


def _truth(example: Example, at: Mapping[str, int], numbered: str | None = None) -> NDArray[np.float32]:
    """Hvor sannsynlig hver kode er svaret: den nummeret bærer når det er en av dem, ellers etter plassen, best først."""
    truth = np.zeros(len(at), dtype=np.float32)
    koder = (numbered,) if numbered in example.line.koder else example.line.koder
    listed = [at[kode] for kode in koder if kode in at]
    if listed:
        shares = 1 / np.arange(1, len(listed) + 1) ** 2  # den beste av to er rett i fire av fem
        truth[listed] = shares / shares.sum()
    return truth


def _said(bevis: str, weight: float, regel: str, hearing: Hearing) -> dict[str, float]:
    """Det et utsagn legger til i hver kolonne."""
    if bevis != "regel" or hearing.ruling is None:
        return {bevis: weight}
    certainty = next(hit.rule.sikkerhet for hit in hearing.ruling.hits if hit.rule.id == regel)
    return {**dict.fromkeys(_LAYERS[certainty], 1.0), "regel_dekning": hearing.ruling.covered}


def _number_right(hearing: Hearing, example: Example) -> bool | None:
    """Om nummeret hadde rett der navnet tydelig talte for en annen kode; ``None`` når de ikke var uenige."""
    if not any(flagg.id == CONTRADICTION for flagg in hearing.flagg):
        return None
    return any(e.bevis == "nummer" and e.kode in example.line.koder for e in hearing.evidence)


def _fit(
    heard: Mapping[Dimensjon, _Heard], start: Judgement, chosen: Callable[[Example], bool]
) -> dict[Dimensjon, Weights]:
    """Vektene i hver dimensjon, tilpasset på de valgte eksemplene; tersklene er ennå de i ``start``."""
    found: dict[Dimensjon, Weights] = {}
    # Uenigheter er sjeldne; alle dimensjonene sier sammen hvor ofte nummeret har rett i dem.
    disputes = [
        right
        for own in heard.values()
        for example, right in zip(own.owners, own.disputed, strict=True)
        if right is not None and chosen(example)
    ]
    for dimension in get_args(Dimensjon):
        own = heard[dimension]
        mask = np.asarray([chosen(example) for example in own.owners])
        fitted = logit.fit(own.cases.part(mask), list(_COLUMNS.values()))
        listed = codes(Kodeverk.for_aar(), NATIONAL[dimension])
        held_in = [table for table in own.tables if chosen(table[0])]
        found[dimension] = replace(
            start.dimensjoner[dimension], **_named(fitted), **_from_tables(held_in, listed), uenighet=_odds(disputes)
        )
    # Balansen er bare målt på kontoplaner skrevet av dem som skrev frasene; vektene fra art er ikke så gode, men ærlige.
    own_weights = found["balanse"]
    found["balanse"] = replace(
        found["art"], likhet=own_weights.likhet, palitelighet=own_weights.palitelighet, minne=own_weights.minne
    )
    return found


def _named(fitted: Any) -> dict[str, Any]:  # noqa: ANN401 - en rekke tall
    value = {name: round(float(fitted[at]), 4) for name, at in _AT.items()}
    rules = {certainty: round(sum(value[layer] for layer in layers), 4) for certainty, layers in _LAYERS.items()}
    plain = ("ordlyd", "modell", "nummer", "regel_dekning", "rapporteres_ikke")
    return {**{name: value[name] for name in plain}, "regel": rules, "feil_klasse": -value["gyldighet"]}


def _odds(right: Sequence[bool]) -> float:
    """Log-odds for at nummeret har rett når navnet tydelig taler for en annen kode."""
    return round(log((sum(right) + _NEVER_WRONG) / (len(right) - sum(right) + _NEVER_WRONG)), 4)


def _from_tables(own: Sequence[Sequence[Example]], listed: Codes) -> dict[str, Any]:
    """Vekten til likhet alene, og hvor ofte nummer bærer koden i en tabell en ikke har sett (betafordeling)."""
    members = [example for table in own for example in table]
    alone = _likeness(members, listed)
    shares = []
    for table in own:
        pattern = number.infer([number.Row(e.line.nummer, e.matches) for e in table], listed, (1.0, 1.0), alone)
        numbered = [example for example in table if example.line.nummer]
        if pattern and numbered:
            read = [(pattern.scheme.read(e.line.nummer), e.line.koder) for e in numbered]
            right = sum(bool(r) and not set(listed.heirs(r.kode)).isdisjoint(koder) for r, koder in read if r)
            shares.append((right + _NEVER_WRONG) / (len(numbered) + 2 * _NEVER_WRONG))
    return {"likhet": alone, "palitelighet": _beta(shares)}


def _beta(shares: Sequence[float]) -> tuple[float, float]:
    """Betafordelingen med samme snitt og spredning som andelene, med begrenset styrke."""
    mean = fmean(shares) if shares else 0.5
    spread = pvariance(shares) if len(shares) > 1 else 0.0
    low, high = _PRIOR_STRENGTH
    strength = min(max(mean * (1 - mean) / spread - 1 if spread else high, low), high)
    return round(mean * strength, 4), round((1 - mean) * strength, 4)


def _likeness(members: Sequence[Example], listed: Codes) -> float:
    """Log-odds per enhet likhet når navnet er alt en har."""
    kodes = sorted(listed.valid | listed.internal)
    at = {kode: column for column, kode in enumerate(kodes)}
    clues = np.zeros((len(members), len(kodes), 1), dtype=np.float32)
    truth = np.zeros((len(members), len(kodes)), dtype=np.float32)
    for row, example in enumerate(members):
        for match in example.matches:
            if match.kode in at:
                clues[row, at[match.kode], 0] = match.likhet
        truth[row] = _truth(example, at)
    cases = logit.Cases(clues, truth, _importance(members, members) * truth.any(axis=1))
    return round(float(logit.fit(cases, [(0, None)])[0]), 4)


def _with_thresholds(fitted: Weights, own: Sequence[Prediction]) -> Weights:
    """Vektene med terskler satt på svar for kommuner som ikke var med; aldri under andelen rette statusen lover."""

    def sure(*, carried: bool) -> float:
        asked = [p for p in own if p.carried is carried]
        if not carried and not any(p.example.line.real and p.example.line.dimensjon != "ansvar" for p in own):
            # Ingen ekte kontoplan har vist at navnet alene er nok. Av ansvarene er bare de som bruker én funksjon med.
            return thresholds.NEVER
        lowest = max(thresholds.PRECISION, *map(thresholds.sure_threshold, _kinds(asked)))
        return ceil(lowest * 1e4) / 1e4

    return replace(
        fitted,
        sikker=sure(carried=False),
        sikker_med_nummer=sure(carried=True),
        dekning=max(thresholds.set_coverage(_kinds([p for p in own if p.shown is shown])) for shown in (True, False)),
        ukjent=thresholds.unknown_threshold([p for p in own if not p.shown]),
        grovt=thresholds.PRECISION,
    )


def _kinds(own: Sequence[Prediction]) -> list[list[Prediction]]:
    """Svarene for hvert slag kontoplaner for seg, så de få ekte teller med."""
    kinds = [[p for p in own if p.example.line.kind == kind] for kind in KINDS]
    return [kind for kind in kinds if kind] or [[]]


def as_json(judgement: Judgement) -> dict[str, Any]:
    """Dommeren slik den lagres."""
    names = [f.name for f in fields(Weights)]
    return {
        "data": judgement.data,
        "dimensjoner": {d: {n: getattr(w, n) for n in names} for d, w in judgement.dimensjoner.items()},
    }
