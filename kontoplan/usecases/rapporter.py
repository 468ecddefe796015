"""Å lage et KOSTRA-filuttrekk av en hovedbok og en ferdig kobling, og kontrollere det før det sendes."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.kostra.oppgave import MED_ORGNR, lag_oppgave
from kontoplan.kostra.skriv import Post, skriv, tabell
from kontoplan.rapportering.innlest import other_years
from kontoplan.rapportering.internt import internal_sums
from kontoplan.rapportering.opphav import origins
from kontoplan.rapportering.overgang import restate
from kontoplan.rapportering.plassering import Plasserer
from kontoplan.rapportering.tusen import to_thousands
from kontoplan.rapportering.uttrekk import STEDER, Uttrekk, Uttrekkspost
from kontoplan.readback.mapping import read_mapping
from kontoplan.usecases.kontroller import kontroller_poster
from kontoplan.usecases.rapporter_lesing import Hovedboker, read_ledgers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.rapportering.innlest import Innlest
    from kontoplan.rapportering.saldo import Del, Saldo, Sted
    from kontoplan.rapportering.tusen import Nokkel

_MONTHS_PER_QUARTER = 3
_SHOWN_ACCOUNTS = 5


def rapporter(  # noqa: PLR0913 - navnene er grensesnittet
    hovedbok: str | Path,
    *,
    kobling: str | Path,
    skjema: str,
    aar: int | None = None,
    region: str,
    orgnr: str | None = None,
    foretaksnr: str | None = None,
    kvartal: int | str | None = None,
    aarsskifte: bool = False,
    bruk_forslag: bool = False,
    bilag: Sequence[str | Path] = (),
    for_kontroll: bool = False,
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Uttrekk:
    """Lager uttrekket og kontrollerer det.

    Args:
        hovedbok: Hovedboken eller saldobalansen (.xlsx .csv .parquet, eller SAF-T).
        kobling: Arbeidsboken fra ``koble``, med avgjørelsene.
        skjema: ``0A`` til ``0D`` og ``0F`` til ``0L``, eller ``0AK1`` til ``0DK4``. Konsernskjemaene lages av ``konsern``.
        aar: Regnskapsåret; ``None`` er det nyeste i kodeverket.
        region: Seks tegn: kommunenummer og ``00``, fylkesnummer og ``0000``, eller bydel.
        orgnr: Organisasjonsnummeret, for skjemaene som skal ha det.
        foretaksnr: Foretaksnummeret; gjør bare forklaringen på kontroll 008 bedre.
        kvartal: 1–4; kan utelates når det står i skjemaet. Tallene er hittil i år.
        aarsskifte: Hovedboken er fra året før, og skal vises i kodene for ``aar``.
        bruk_forslag: Bruk programmets forslag der ingen har avgjort; ellers avvises de.
        bilag: Bilag som ikke er ført i hovedboken ennå, f.eks. dem fra ``fordel``; kolonnene finnes av overskriftene.
        for_kontroll: Uttrekket skal bare vises: radene bak hver post tas med, og et uttrekk uten poster er også et svar.
        ark: Bare disse arkene i hovedboken.
        kolonner: Overstyrer kolonnene i hovedboken.
        progress: Kalles med en kort norsk setning for hvert steg.

    Returns:
        Uttrekket, også når det har hindringer; den som kaller, avgjør om det skal skrives.

    Raises:
        UserError: en fil kan ikke leses, en opplysning har feil form, eller ingen av postene hører til skjemaet.
    """
    year = aar or Kodeverk.nyeste_aar()
    oppgave = lag_oppgave(
        skjema=skjema, aar=year - aarsskifte, region=region, orgnr=orgnr, foretaksnr=foretaksnr, kvartal=kvartal
    )
    _check_form(oppgave)
    if not (for_kontroll or oppgave.orgnr) and oppgave.skjema in MED_ORGNR:
        raise UserError(
            f"Skjemaet {oppgave.kode} skal ha organisasjonsnummeret i hver post; oppgi det med --orgnr.",
            code="mangler-orgnr",
        )
    kart = read_mapping(Path(kobling), regnskap=oppgave.regnskap, aar=year)
    placer = Plasserer(
        kart,
        Kodeverk.for_aar(kart.aar or year, oppgave.regnskap),
        dict(oppgave.form.klasser),
        oppgave.balanse,
        int(oppgave.kvartal) * _MONTHS_PER_QUARTER if oppgave.er_kvartal else None,
        bruk_forslag,
    )
    now = Kodeverk.for_aar(year, oppgave.regnskap)

    def place(saldos: Iterable[Saldo]) -> Iterable[Del]:
        parts = (part for saldo in saldos for part in placer.place(saldo))
        return restate(parts, now, balanse=oppgave.balanse) if aarsskifte else parts

    ledgers = Hovedboker(Path(hovedbok), tuple(map(Path, bilag)), ark, kolonner)
    boker, parts = read_ledgers(ledgers, oppgave, place, med_rader=for_kontroll, say=progress or (lambda _: None))
    notes = tuple(note for bok in boker for note in _notes(oppgave, bok))
    notes += tuple(_form_notes(oppgave, aarsskifte=aarsskifte))
    uttrekk = _extract(parts, oppgave, boker, kart.fil, notes)
    if not (uttrekk.poster or uttrekk.avviste or for_kontroll):
        late = uttrekk.antall["annen periode"]
        why = f" ({late} er etter kvartalet)" if late else ""
        raise UserError(
            f"Ingen posteringer i {uttrekk.filer} hører til skjema {oppgave.kode}{why}; kontroller skjemaet, og at {kart.fil} er koblingen av denne hovedbokens kontoplan.",
            code="rapporter-tom",
        )
    return uttrekk


def _check_form(oppgave: Oppgave) -> None:
    if not oppgave.kjent:
        raise UserError(
            f"Skjemaet «{oppgave.kode}» finnes ikke; velg f.eks. 0A, 0B, 0I eller 0AK1.", code="ukjent-skjema"
        )
    if not oppgave.form.regnskap:
        raise UserError(
            f"Skjemaet {oppgave.kode} er konsernet og settes sammen av flere uttrekk; lag dem hver for seg, og bruk «kontoplan konsern».",
            code="rapporter-konsern",
        )


def _extract(
    parts: list[Del], oppgave: Oppgave, boker: tuple[Innlest, ...], kobling: str, notes: tuple[str, ...]
) -> Uttrekk:
    totals = {sted: sum(part.ore for part in parts if part.sted == sted) for sted in STEDER}
    counted: dict[Sted, dict[int, int]] = {sted: {} for sted in STEDER}
    for part in parts:
        counted[part.sted][id(part.saldo)] = part.saldo.antall
    posts = _posts(parts, balanse=oppgave.balanse)
    behind = origins(parts, boker[0].kilde)
    written = [
        Post(p.klasse, p.funksjon, p.art, p.tusen, behind.get((p.klasse, p.funksjon, p.art), p))
        for p in posts
        if p.tusen
    ]
    return Uttrekk(
        oppgave=oppgave,
        boker=boker,
        kobling=kobling,
        poster=posts,
        deler=tuple(part for part in parts if part.sted != "rapportert"),
        summer=totals,
        antall={sted: sum(each.values()) for sted, each in counted.items()},
        interne=internal_sums(parts),
        innhold=skriv(tabell(written), oppgave),
        rapport=kontroller_poster(written, oppgave, fil=f"{oppgave.kode} av {boker[0].kilde.fil}"),
        merknader=notes,
    )


def _posts(parts: Iterable[Del], *, balanse: bool) -> tuple[Uttrekkspost, ...]:
    amounts: dict[Nokkel, int] = defaultdict(int)
    counts: Counter[Nokkel] = Counter()
    accounts: dict[Nokkel, Counter[str]] = defaultdict(Counter)
    for part in parts:
        if part.sted == "rapportert":
            key = (part.klasse, part.funksjon, part.art)
            amounts[key] += part.ore
            counts[key] += part.saldo.antall
            accounts[key]["/".join(filter(None, (part.saldo.konto, part.saldo.funksjon or part.saldo.ansvar)))] += abs(
                part.ore
            )
    rounded = to_thousands({key: ore for key, ore in amounts.items() if ore}, balanse=balanse)
    return tuple(
        Uttrekkspost(*key, amounts[key], rounded.get(key, 0), tuple(name for name, _ in accounts[key].most_common(_SHOWN_ACCOUNTS)), counts[key])
        for key in sorted(amounts)
    )  # fmt: skip


def _notes(oppgave: Oppgave, bok: Innlest) -> Iterable[str]:
    kilde, lest = bok.kilde, bok.lest
    years = {date.year for date in (lest.forste_dato, lest.siste_dato) if date}
    if years and years != {int(oppgave.aar)} and not other_years(bok, int(oppgave.aar)):
        yield f"{kilde.fil} har posteringer fra {' til '.join(map(str, sorted(years)))}, men uttrekket gjelder {oppgave.aar}; oppgi året med --aar."
    if oppgave.balanse and kilde.slag == "hovedbok":
        yield f"Balansen er summen av posteringene i {kilde.fil}; er ikke inngående balanse med i den, er dette bare endringen i året. Bruk en saldobalanse."


def _form_notes(oppgave: Oppgave, *, aarsskifte: bool) -> Iterable[str]:
    if oppgave.er_kvartal:
        yield f"Tallene er hittil i år, til og med måned {int(oppgave.kvartal) * _MONTHS_PER_QUARTER}; at kvartalene skal være det, er allmenn kunnskap og ikke lest i en kilde."
    if aarsskifte:
        yield f"Regnskapet for {oppgave.aar} er vist i kodene for {int(oppgave.aar) + 1}; det er til sammenligning og skal ikke sendes inn."
