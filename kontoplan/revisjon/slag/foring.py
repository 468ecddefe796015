"""Føringer der teksten, en regel eller kommunens egen praksis taler for en annen kode; dommen er felles (``revisjon.dommer``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import polars as pl

from kontoplan.revisjon.treff import SKJEMA, hits, none
from kontoplan.revisjon.vane import SPOR
from kontoplan.revisjon.vesentlighet import noticeable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.vane import Revisjonsdimensjon

Grunn = Literal["tekst", "regel", "vane"]
LEAST: Final = 0.1
"""Minste sannsynlighet for at en føring er feil før den er et funn, uansett beløp."""
_SPEAKS = 0.5  # log-odds et spor må tale for den andre koden med for å nevnes
_LIKELY = 0.5
_TOLD = {
    "gid": pl.UInt32(),
    "p": pl.Float64(),
    "ny": pl.String(),
    **{n: SKJEMA[n] for n in ("melding", "kilde", "bidrag")},
}
_PARTS: Final = {
    "fort": "de fleste føringer er riktige",
    "dom": "ordene i teksten",
    "tekst": "samme tekst hos dere",
    "leverandor": "samme leverandør",
    "ansvar": "samme ansvar",
    "sted": "samme ansvar og funksjon",
    "art_her": "samme art på ansvaret",
    "art": "samme art",
    "navn": "navnet på ansvaret",
    "grunn": "hvor vanlig koden er hos dere",
    "flere": "andre koder er også mulige",
}


def doubted(dimensjon: Revisjonsdimensjon, grunn: Grunn | None = None) -> Callable[[Grunnlag, Dommer], pl.DataFrame]:
    """Et funnslag: føringene i dimensjonen som er tvilsomme av denne grunnen (alle når den ikke er gitt)."""

    def find(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
        found = judged.dommer[dimensjon].join(ground.grupper, on="gid", how="left", maintain_order="left")
        least = noticeable(ground.rader)
        found = found.filter((pl.col("galt") >= LEAST) | (pl.col("galt") * pl.col("storst") >= least))
        texts = _texts(judged, dimensjon, found["kjerne"])
        told = []
        for row in _counted(found, ground.grupper, dimensjon).iter_rows(named=True):
            if grunn is None or _reason(row, texts, dimensjon) == grunn:
                said = texts.get((row["kjerne"], row["kode"]))
                message = " ".join(_sentences(row, dimensjon, ground, texts))
                suggested = row["kode"] if row["p"] >= LEAST else ""
                source = said[3] if said and grunn != "vane" else ""
                if message:
                    told.append((row["gid"], row["galt"], suggested, message, source, _parts(row)))
        if not told:
            return none()
        frame = pl.DataFrame(told, schema=_TOLD, orient="row")
        joined = ground.rader.join(frame, on="gid", how="inner", maintain_order="left").filter(
            (pl.col("p") >= LEAST) | (pl.col("p") * pl.col("belop_ore").abs() >= least)
        )
        given = {name: pl.col(name) for name in ("p", "melding", "kilde", "bidrag")}
        return hits(joined, **given, **{f"ny_{dimensjon}": pl.col("ny")})

    return find


def _counted(found: pl.DataFrame, groups: pl.DataFrame, dimensjon: Revisjonsdimensjon) -> pl.DataFrame:
    """Med ``alle_SPOR``, hvor mange andre posteringer som deler sporet, og ``like_SPOR``, hvor mange av dem som står på koden."""
    for spor in SPOR[dimensjon]:
        keys = list(spor.felt)
        same = groups.join(found.select(keys).unique(), on=keys, how="semi")
        every = same.group_by(keys).agg(pl.col("antall").sum().alias("alle"))
        coded = same.group_by(*keys, pl.col(dimensjon).alias("kode")).agg(pl.col("antall").sum().alias("like"))
        found = (
            found.join(every, on=keys, how="left", maintain_order="left")
            .join(coded, on=[*keys, "kode"], how="left", maintain_order="left")
            .with_columns(
                (pl.col("alle") - pl.col("antall")).alias(f"alle_{spor.navn}"),
                pl.col("like").fill_null(0).alias(f"like_{spor.navn}"),
            )
            .drop("alle", "like")
        )
    return found


def _parts(row: Mapping[str, float]) -> list[dict[str, object]]:
    """Det sannsynligheten er satt sammen av, utgangspunktet først og så det som veier mest."""
    parts = [(_PARTS[name], row[f"g_{name}"]) for name in _PARTS if f"g_{name}" in row]
    first, *rest = [part for part in parts if part[1]]
    return [{"hva": what, "vekt": weight} for what, weight in (first, *sorted(rest, key=lambda part: -abs(part[1])))]


_Said = tuple[float, str, str, str]


def _texts(judged: Dommer, dimensjon: Revisjonsdimensjon, kjerner: pl.Series) -> dict[tuple[str, str], _Said]:
    """(Kjerne, kode) → sannsynligheten etter teksten, regelen, hvorfor og kilden, for kjernene det er spurt om."""
    heard = judged.tekster.get(dimensjon)
    if heard is None:
        return {}
    asked = heard.filter(pl.col("kjerne").is_in(kjerner.unique().implode()))
    return {(kjerne, kode): (p, regel, why, source) for kjerne, kode, p, regel, why, source in asked.iter_rows()}


def _reason(row: Mapping[str, Any], texts: Mapping[tuple[str, str], _Said], dimensjon: Revisjonsdimensjon) -> Grunn:
    habit = max(row[f"g_{spor.navn}"] for spor in SPOR[dimensjon])
    if row.get("g_dom", 0.0) < max(habit, _SPEAKS):
        return "vane"
    said = texts.get((row["kjerne"], row["kode"]))
    return "regel" if said and said[1] else "tekst"


def _sentences(
    row: Mapping[str, Any],
    dimensjon: Revisjonsdimensjon,
    ground: Grunnlag,
    texts: Mapping[tuple[str, str], _Said],
) -> list[str]:
    """Setningene som sier hva som taler for den andre koden, sterkest først, og når det kan være flertallet som er galt."""
    booked, other = row[dimensjon], row["kode"]
    found: list[str] = []
    for spor in sorted(SPOR[dimensjon], key=lambda spor: -row[f"g_{spor.navn}"]):
        if row[f"g_{spor.navn}"] >= _SPEAKS and row[f"n_{spor.navn}_ny"] > 0:
            where = _named(ground, dimensjon, other) if not found else "den"
            same, others = row[f"like_{spor.navn}"], row[f"alle_{spor.navn}"]
            found.append(f"{same} av {others} andre posteringer {_shared(spor.felt, row)} er ført på {where}.")
    said = texts.get((row["kjerne"], other))
    if said and row.get("g_dom", 0.0) >= _SPEAKS:
        first = row["g_dom"] >= max(row[f"g_{s.navn}"] for s in SPOR[dimensjon])
        found.insert(0 if first else len(found), _spoken(row["kjerne"], _named(ground, dimensjon, other), said))
    if row.get("g_navn", 0.0) >= _SPEAKS:
        found.append(f"Navnet på ansvaret taler for {_named(ground, dimensjon, other)}.")
    own = texts.get((row["kjerne"], booked))
    if found and own and own[0] >= _LIKELY:
        found.append(f"Men teksten alene taler for {booked}, der det er ført, så det kan være de andre som er feil.")
    rare = dimensjon != "klasse" and any(row[f"N_{spor.navn}"] > 0 for spor in SPOR[dimensjon])
    if not found and (rare or row["galt"] >= LEAST):
        found.append(
            f"Få andre posteringer her er ført på {_named(ground, dimensjon, booked)}; {_named(ground, dimensjon, other)} er mer vanlig."
        )
    return found


def _spoken(kjerne: str, code: str, said: _Said) -> str:
    """Setningen om det teksten taler for: regelen når det er en, ellers hva den likner på."""
    if said[1]:
        return f"Teksten «{kjerne}» hører til {code} etter regelen {said[1]}. {said[2]}"
    return f"Teksten «{kjerne}» taler for {code}: {_lowered(said[2])}"


def _lowered(why: str) -> str:
    """Vitnets setning som fortsettelse av en setning om teksten."""
    return why.replace("Navnet likner på", "den likner på", 1)


def _named(ground: Grunnlag, dimensjon: Revisjonsdimensjon, kode: str) -> str:
    if dimensjon == "klasse":
        return kode
    return f"{dimensjon} {kode} {ground.kodeverk.navn(dimensjon, kode)}".strip()


def _shared(fields: tuple[str, ...], group: Mapping[str, Any]) -> str:
    words = {"kjerne": f"med teksten «{group['kjerne']}»", "leverandor": f"fra {group['leverandor']}", "ansvar": f"på ansvar {group['ansvar']}",
             "art": f"med art {group['art']}", "funksjon": f"på funksjon {group['funksjon']}"}  # fmt: skip
    return " ".join(words[name] for name in fields)
