"""Fra delene av hovedboken til opphavet hver post i uttrekket har."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kontoplan.kostra.opphav import Opphav, Opphavsdel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.ledger.hovedbok import Kilde
    from kontoplan.rapportering.saldo import Del
    from kontoplan.rapportering.tusen import Nokkel


def origin(parts: Iterable[Del], kilde: Kilde) -> Opphav | None:
    """Radene bak delene, de største beløpene først; ``None`` når hovedboken er lest uten dem."""
    largest = sorted(parts, key=lambda part: (-abs(part.ore), part.saldo.rad))
    found = tuple(Opphavsdel(part.saldo.rader, part.ore) for part in largest if part.saldo.rader)
    return Opphav(kilde.fil, "postering" if kilde.form == "SAF-T" else "rad", found, kilde.ark) if found else None


def origins(parts: Iterable[Del], kilde: Kilde) -> dict[Nokkel, Opphav]:
    """Opphavet til hver post som rapporteres; tom når hovedboken er lest uten radene."""
    by_post: dict[Nokkel, list[Del]] = defaultdict(list)
    for part in parts:
        if part.sted == "rapportert":
            by_post[part.klasse, part.funksjon, part.art].append(part)
    return {key: found for key, its in by_post.items() if (found := origin(its, kilde))}
