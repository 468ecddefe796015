"""Å lage et KOSTRA-filuttrekk av en hovedbok og en ferdig kobling, og kontrollere det før det sendes."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.kostra.oppgave import MED_ORGNR, lag_oppgave
from kontoplan.kostra.opphav import Radsamling
from kontoplan.kostra.skriv import Post, skriv, tabell
from kontoplan.ledger import open_ledger, summer
from kontoplan.rapportering.innlest import Innlest, other_years, with_rows
from kontoplan.rapportering.internt import internal_sums
from kontoplan.rapportering.opphav import origins
from kontoplan.rapportering.overgang import restate
from kontoplan.rapportering.plassering import Plasserer
from kontoplan.rapportering.saldo import Saldo
from kontoplan.rapportering.tusen import to_thousands
from kontoplan.rapportering.uttrekk import STEDER, Uttrekk, Uttrekkspost
from kontoplan.readback.mapping import read_mapping
from kontoplan.usecases.kontroller import kontroller_poster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.ledger.hovedbok import Hovedbok, Kilde, Lest
    from kontoplan.rapportering.saldo import Del, Sted
    from kontoplan.rapportering.tusen import Nokkel

_KEYS = ("klasse", "konto", "funksjon", "ansvar")
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
    until = int(oppgave.kvartal) * _MONTHS_PER_QUARTER if oppgave.er_kvartal else None
    placer = Plasserer(
        kart,
        Kodeverk.for_aar(kart.aar or year, oppgave.regnskap),
        dict(oppgave.form.klasser),
        oppgave.balanse,
        until,
        bruk_forslag,
    )
    _check_once([Path(hovedbok), *map(Path, bilag)])
    say = progress or (lambda _: None)
    keys = (*_KEYS, "maaned") if until else _KEYS
    with ExitStack() as files:
        books = [files.enter_context(open_ledger(Path(hovedbok), kolonner=kolonner, ark=ark, progress=progress))]
        books += [files.enter_context(open_ledger(Path(fil), progress=progress)) for fil in bilag]
        read: list[tuple[Hovedbok, Lest, list[Del]]] = []
        for bok in books:
            _check_columns(bok.kilde, oppgave)
            say(f"Summerer {bok.kilde.fil}")
            frame, lest = summer(bok, keys, med_rader=for_kontroll)
            say(f"Plasserer {len(frame)} kontoer i {bok.kilde.fil}")
            saldos = (_saldo(row, bok.kilde, som_bilag=bok is not books[0]) for row in frame.iter_rows(named=True))
            parts: Iterable[Del] = (part for saldo in saldos for part in placer.place(saldo))
            if aarsskifte:
                parts = restate(parts, Kodeverk.for_aar(year, oppgave.regnskap), balanse=oppgave.balanse)
            read.append((bok, lest, list(parts)))
        boker = tuple(
            Innlest(bok.kilde, lest) if for_kontroll else with_rows(bok, lest, own, keys, say)
            for bok, lest, own in read
        )
    notes = tuple(note for bok in boker for note in _notes(oppgave, bok))
    notes += tuple(_form_notes(oppgave, aarsskifte=aarsskifte))
    uttrekk = _extract([part for _, _, own in read for part in own], oppgave, boker, kart.fil, notes)
    if not (uttrekk.poster or uttrekk.avviste or for_kontroll):
        late = uttrekk.antall["annen periode"]
        why = f" ({late} er etter kvartalet)" if late else ""
        raise UserError(
            f"Ingen posteringer i {uttrekk.filer} hører til skjema {oppgave.kode}{why}; kontroller skjemaet, og at {kart.fil} er koblingen av denne hovedbokens kontoplan.",
            code="rapporter-tom",
        )
    return uttrekk


def _check_once(files: Sequence[Path]) -> None:
    found: set[Path] = set()
    for path in files:
        if path.resolve() in found:
            raise UserError(f"{path} er oppgitt to ganger; oppgi hver fil én gang.", code="samme-fil")
        found.add(path.resolve())


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


def _check_columns(kilde: Kilde, oppgave: Oppgave) -> None:
    roles = {kolonne.rolle for kolonne in kilde.kolonner}
    if not oppgave.balanse and not roles & {"funksjon", "ansvar"}:
        raise UserError(
            f"{kilde.fil} har verken funksjon eller ansvar, så postene kan ikke plasseres; eksporter hovedboken med dem, eller oppgi kolonnen med --kolonner.",
            code="rapporter-mangler-funksjon",
        )
    if oppgave.er_kvartal and kilde.form != "SAF-T" and not roles & {"dato", "periode"}:
        raise UserError(
            f"{kilde.fil} har verken dato eller periode, og da kan ikke kvartalet skilles ut; eksporter hovedboken med en av dem.",
            code="rapporter-uten-periode",
        )


def _saldo(row: Mapping[str, Any], kilde: Kilde, *, som_bilag: bool) -> Saldo:
    klasse, konto, funksjon, ansvar = (str(row[name] or "") for name in _KEYS)
    rows = None
    if "rader" in row:
        sheets = row["ark"] if kilde.ark else [""]
        places = tuple((ark, array("I", rader)) for ark, rader in zip(sheets, row["rader"], strict=True))
        rows = Radsamling(konto, funksjon, ansvar, places, kilde.fil if som_bilag else "")
    ore, antall, first = (int(row[name] or 0) for name in ("belop_ore", "antall", "forste_rad"))
    return Saldo(klasse, konto, funksjon, ansvar, row.get("maaned"), ore, antall, first, rows, kilde.fil)


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
