"""Føringer der teksten, en regel eller kommunens egen praksis taler for en annen kode; dommen er felles (``revisjon.dommer``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from kontoplan.revisjon.treff import hits, none
from kontoplan.revisjon.vane import SPOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.vane import Revisjonsdimensjon

Grunn = Literal["tekst", "regel", "vane"]
LEAST: Final = 0.1
"""Minste sannsynlighet for at en føring er feil før den er et funn."""
_SPEAKS = 0.5  # log-odds et spor må tale for den andre koden med for å nevnes
_LIKELY = 0.5


def doubted(dimensjon: Revisjonsdimensjon, grunn: Grunn | None = None) -> Callable[[Grunnlag, Dommer], pl.DataFrame]:
    """Et funnslag: føringene i dimensjonen som er tvilsomme av denne grunnen (alle når den ikke er gitt)."""

    def find(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
        found = judged.dommer[dimensjon].filter(pl.col("galt") >= LEAST)
        texts = _texts(judged, dimensjon)
        groups = {
            row["gid"]: row
            for row in ground.grupper.filter(pl.col("gid").is_in(found["gid"].to_list())).iter_rows(named=True)
        }
        told = []
        for row in found.iter_rows(named=True):
            group = groups[row["gid"]]
            if grunn is None or _reason(row, group, texts, dimensjon) == grunn:
                said = texts.get((group["kjerne"], row["kode"]))
                message = " ".join(_sentences(row, group, dimensjon, ground, texts))
                told.append(
                    (
                        row["gid"],
                        row["galt"],
                        row["kode"] if row["p"] >= LEAST else "",
                        message,
                        said[3] if said and grunn != "vane" else "",
                    )
                )
        if not told:
            return none()
        schema = {"gid": pl.UInt32, "p": pl.Float64, "ny": pl.String, "melding": pl.String, "kilde": pl.String}
        frame = pl.DataFrame(told, schema=schema, orient="row")
        joined = ground.rader.join(frame, on="gid", how="inner", maintain_order="left")
        return hits(
            joined, p=pl.col("p"), melding=pl.col("melding"), kilde=pl.col("kilde"), **{f"ny_{dimensjon}": pl.col("ny")}
        )

    return find


_Said = tuple[float, str, str, str]


def _texts(judged: Dommer, dimensjon: Revisjonsdimensjon) -> dict[tuple[str, str], _Said]:
    """(Kjerne, kode) → sannsynligheten etter teksten, regelen, hvorfor og kilden."""
    heard = judged.tekster.get(dimensjon)
    if heard is None:
        return {}
    return {(kjerne, kode): (p, regel, why, source) for kjerne, kode, p, regel, why, source in heard.iter_rows()}


def _reason(
    row: Mapping[str, float],
    group: Mapping[str, str],
    texts: Mapping[tuple[str, str], _Said],
    dimensjon: Revisjonsdimensjon,
) -> Grunn:
    habit = max(row[f"g_{spor.navn}"] for spor in SPOR[dimensjon])
    if row.get("g_dom", 0.0) < max(habit, _SPEAKS):
        return "vane"
    said = texts.get((group["kjerne"], str(row["kode"])))
    return "regel" if said and said[1] else "tekst"


def _sentences(
    row: Mapping[str, float],
    group: Mapping[str, str],
    dimensjon: Revisjonsdimensjon,
    ground: Grunnlag,
    texts: Mapping[tuple[str, str], _Said],
) -> list[str]:
    """Setningene som sier hva som taler for den andre koden, sterkest først, og når det kan være flertallet som er galt."""
    booked, other = group[dimensjon], str(row["kode"])
    found: list[str] = []
    for spor in sorted(SPOR[dimensjon], key=lambda spor: -row[f"g_{spor.navn}"]):
        if row[f"g_{spor.navn}"] >= _SPEAKS and row[f"n_{spor.navn}_ny"] > 0:
            same, others = _count(ground, spor.felt, group, dimensjon, other)
            where = _named(ground, dimensjon, other) if not found else "den"
            found.append(f"{same} av {others} andre posteringer {_shared(spor.felt, group)} er ført på {where}.")
    said = texts.get((group["kjerne"], other))
    if said and row.get("g_dom", 0.0) >= _SPEAKS:
        first = row["g_dom"] >= max(row[f"g_{s.navn}"] for s in SPOR[dimensjon])
        found.insert(0 if first else len(found), _spoken(group["kjerne"], _named(ground, dimensjon, other), said))
    own = texts.get((group["kjerne"], booked))
    if found and own and own[0] >= _LIKELY:
        found.append(f"Men teksten alene taler for {booked}, der det er ført, så det kan være de andre som er feil.")
    if not found:
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


def _shared(fields: tuple[str, ...], group: Mapping[str, str]) -> str:
    words = {"kjerne": f"med teksten «{group['kjerne']}»", "leverandor": f"fra {group['leverandor']}", "ansvar": f"på ansvar {group['ansvar']}",
             "art": f"med art {group['art']}", "funksjon": f"på funksjon {group['funksjon']}"}  # fmt: skip
    return " ".join(words[name] for name in fields)


def _count(
    ground: Grunnlag, fields: tuple[str, ...], group: Mapping[str, str], dimensjon: Revisjonsdimensjon, kode: str
) -> tuple[int, int]:
    """Hvor mange andre posteringer som deler feltene og står på koden, og hvor mange som deler feltene."""
    same = ground.grupper.filter(
        pl.all_horizontal(pl.col(name) == group[name] for name in fields) & (pl.col("gid") != group["gid"])
    )
    return int(same.filter(pl.col(dimensjon) == kode)["antall"].sum()), int(same["antall"].sum())
