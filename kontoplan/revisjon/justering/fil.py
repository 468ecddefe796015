"""Leser justeringsfilen: YAML, en liste av oppføringer; det første som er galt, sies med linjen og hva en gjør."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.revisjon.funn import ALVOR
from kontoplan.revisjon.justering.oppforing import FELT, Justering, Oppforing
from kontoplan.revisjon.slag.parametre import PARAMETRE
from kontoplan.rulebase.document import Block, DocumentError, load
from kontoplan.rulebase.fields import Bad, as_block, as_one_of, as_strings, as_text, only_keys
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kontoplan.revisjon.slag.parametre import Parameter

ALLE: Final = "alle"
_DOES: Final = ("av", "alvor", "minste_belop", "minste_sannsynlighet", "parametre")
NOKLER: Final = ("slag", "nar", *_DOES, "grunn", "hvem", "til")
"""Nøklene i en oppføring; de kan også skrives med mellomrom, ø og å."""
_LARGEST: Final = 1_000_000  # byte
_DEEPEST: Final = 6
_LONGEST: Final = 200  # tegn i et mønster
_SHORTEST: Final = 2  # tegn i et mønster for tekst
_LARGEST_AMOUNT: Final = Decimal(10) ** 13
_YES, _NO = ("ja", "true", "yes", "på"), ("nei", "false", "no")
_YEARS = range(1990, 2201)


def read_tuning(path: Path, slag: Collection[str]) -> Justering:
    """Oppføringene i filen.

    Args:
        path: Filen.
        slag: Id-ene til funnslagene som finnes.

    Raises:
        UserError: filen mangler, er ikke YAML, eller en oppføring er ikke slik den skal være.
    """
    try:
        _check_shape(path)
        return Justering(path.name, tuple(_entry(item, slag) for item in _listed(load(path))))
    except OSError as error:
        raise UserError(
            f"Kan ikke lese {path} ({error.strerror or error}); kontroller navnet, eller lag en fil med --justering-mal FIL.",
            code="finnes-ikke",
        ) from error
    except DocumentError as error:
        raise UserError(
            f"{path.name}, linje {error.line}: ikke gyldig YAML ({error}); sjekk innrykkene, og sett verdier med kolon eller stjerne i anførselstegn.",
            code="justering-ikke-yaml",
        ) from error
    except Bad as error:
        raise UserError(f"{path.name}, linje {error.line}: {error}", code="justering-ugyldig") from error


def _listed(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise Bad("filen skal være en liste der hver oppføring begynner med «- slag:».", 1)
    return raw


def _check_shape(path: Path) -> None:
    """Avviser det som ikke er en liten fil skrevet for hånd, før noe blir bygd av den."""
    import yaml  # noqa: PLC0415 - lastes bare når det finnes en justering

    if path.stat().st_size > _LARGEST:
        raise Bad("filen er over 1 MB; en justering er en liten fil skrevet for hånd.", 1)
    depth = line = 0
    try:
        for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            line = event.start_mark.line + 1 if event.start_mark else line
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Bad(
                    '& og * først i en verdi viser til noe annet i YAML; sett mønsteret i anførselstegn, f.eks. "*600".',
                    line,
                )
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise Bad("innrykkene er dypere enn en justering har; sjekk dem.", line)
    except (yaml.YAMLError, UnicodeDecodeError):
        return  # load sier det samme, med linjen


def _entry(raw: object, slag: Collection[str]) -> Oppforing:
    block = _plain(as_block(raw, "oppføringen", getattr(raw, "line", 1)))
    only_keys(block, NOKLER, "oppføringen")
    kinds, terms = _kinds(block, slag), _terms(block)
    does = [key for key in _DOES if key in block]
    if not does:
        raise Bad(f"oppføringen gjør ingenting; skriv én av {', '.join(_DOES)}.", block.line)
    off = _off(block)
    if off and len(does) > 1:
        raise Bad(
            f"«av» skjuler alt oppføringen treffer, så «{does[1]}» har ingen virkning; la én av dem stå.",
            block.lines[does[1]],
        )
    if off and not kinds and not terms:
        raise Bad("oppføringen ville skjult alle funn; nevn slagene, eller legg til vilkår under «nar».", block.line)
    severity = as_one_of(block, "alvor", ALVOR) if "alvor" in block else ()
    if len(severity) > 1:
        raise Bad("«alvor» skal være ett av dem.", block.lines["alvor"])
    if "grunn" not in block:
        raise Bad("«grunn» mangler; skriv hvorfor, så den som leser revisjonen, vet det.", block.line)
    return Oppforing(
        linje=block.line,
        slag=kinds,
        vilkar=terms,
        av=off,
        alvor=next((a for a in ALVOR if a in severity), None),
        minste_ore=_amount(block),
        minste_sannsynlighet=_probability(block),
        grunn=mask(as_text(block, "grunn")),
        hvem=mask(as_text(block, "hvem")) if "hvem" in block else "",
        til=_until(block),
        stilt=_set(block, kinds),
    )


def _plain(block: Block) -> Block:
    """Oppslaget med nøklene slik de heter, også når de er skrevet «når» eller «minste beløp»."""
    found = Block(block.line)
    for key, value in block.items():
        name = re.sub(r"[\s-]+", "_", fold(key)).replace("ø", "o").replace("å", "a")
        if name in found:
            raise Bad(f"nøkkelen «{key}» står to ganger.", block.lines[key])
        found[name], found.lines[name] = value, block.lines[key]
    return found


def _kinds(block: Block, slag: Collection[str]) -> tuple[str, ...]:
    line = block.lines.get("slag", block.line)
    if "slag" not in block:
        raise Bad(f"«slag» mangler; skriv id-en til funnslaget, flere i en liste, eller «{ALLE}».", line)
    said = as_strings(block["slag"], line)
    if not said:
        raise Bad(f"«slag» er tomt; skriv id-en til funnslaget, eller «{ALLE}».", line)
    if [fold(s) for s in said] == [ALLE]:
        return ()
    known = {fold(name): name for name in slag}
    for name in said:
        if fold(name) not in known:
            raise Bad(
                f"«{name}» er ikke et funnslag{_near(name, slag)}; --justering-mal FIL skriver en fil med alle.", line
            )
    return tuple(dict.fromkeys(known[fold(name)] for name in said))


def _near(name: str, slag: Collection[str]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - bare når noe er feilskrevet

    found = process.extractOne(name.upper(), sorted(slag), score_cutoff=70)
    return f" (mente du {found[0]}?)" if found else ""


def _terms(block: Block) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if "nar" not in block:
        return ()
    terms = _plain(as_block(block["nar"], "nar", block.lines["nar"]))
    only_keys(terms, FELT, "«nar»")
    if not terms:
        raise Bad(f"«nar» er tomt; skriv et vilkår ({', '.join(FELT)}), eller stryk det.", block.lines["nar"])
    return tuple((name, _patterns(name, raw, terms.lines[name])) for name, raw in terms.items())


def _patterns(name: str, raw: object, line: int) -> tuple[str, ...]:
    found = tuple(as_strings(raw, line))
    if not found:
        raise Bad(f"«{name}» er tomt; skriv hva som skal treffe, eller stryk linjen.", line)
    for pattern in found:
        bare = fold(pattern).replace("*", "").replace("?", "")
        if not bare:
            raise Bad(f"mønsteret «{pattern}» for {name} treffer alt; skriv mer, eller stryk linjen.", line)
        if name in {"tekst", "leverandor"} and len(bare) < _SHORTEST:
            raise Bad(f"«{pattern}» for {name} er for kort og treffer for mye; skriv minst {_SHORTEST} tegn.", line)
        if len(pattern) > _LONGEST:
            raise Bad(f"mønsteret for {name} er over {_LONGEST} tegn; kort det ned.", line)
    return found


def _off(block: Block) -> bool:
    if "av" not in block:
        return False
    said = fold(str(block["av"]))
    if said in _NO:
        raise Bad("«av: nei» gjør ingenting; stryk oppføringen, eller skriv «av: ja».", block.lines["av"])
    if said not in _YES:
        raise Bad(f"«av» er {block['av']}, men skal være ja.", block.lines["av"])
    return True


def _set(block: Block, kinds: tuple[str, ...]) -> tuple[tuple[Parameter, float], ...]:
    """Grensene oppføringen stiller; de gjelder hele slaget."""
    if "parametre" not in block:
        return ()
    line = block.lines["parametre"]
    if not kinds or "nar" in block:
        raise Bad("«parametre» gjelder hele funnslag; nevn slagene, og stryk «nar».", line)
    given = _plain(as_block(block["parametre"], "parametre", line))
    found = []
    for kind in kinds:
        known = {p.navn: p for p in PARAMETRE if p.slag == kind}
        for name, raw in given.items():
            at = given.lines[name]
            if name not in known:
                has = f"har {', '.join(known)}" if known else "kan ikke stilles på"
                raise Bad(f"{kind} har ikke parameteren «{name}»; det {has}.", at)
            value, parameter = float(_number(raw, name, at)), known[name]
            if not parameter.minst <= value <= parameter.mest:
                raise Bad(f"«{name}» er {value:g}, men skal være mellom {parameter.minst:g} og {parameter.mest:g}.", at)
            found.append((parameter, value))
    if not found:
        raise Bad("«parametre» er tomt; skriv en grense, eller stryk det.", line)
    return tuple(found)


def _number(text: object, key: str, line: int) -> Decimal:
    plain = re.sub(r"\s", "", str(text)).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise Bad(f"«{key}» er «{str(text)[:40]}», men skal være et tall.", line)
    return number


def _amount(block: Block) -> int | None:
    if "minste_belop" not in block:
        return None
    line = block.lines["minste_belop"]
    number = _number(block["minste_belop"], "minste_belop", line)
    if not 0 < number <= _LARGEST_AMOUNT:
        raise Bad("«minste_belop» skal være et beløp i kroner over null.", line)
    return int(number * 100)


def _probability(block: Block) -> float | None:
    if "minste_sannsynlighet" not in block:
        return None
    line, said = block.lines["minste_sannsynlighet"], str(block["minste_sannsynlighet"]).strip()
    number = _number(said.removesuffix("%"), "minste_sannsynlighet", line) / (100 if said.endswith("%") else 1)
    if not 0 < number <= 1:
        raise Bad("«minste_sannsynlighet» skal være mellom 0 og 1, f.eks. 0,3 eller 30 %.", line)
    return float(number)


def _until(block: Block) -> dt.date | None:
    if "til" not in block:
        return None
    said, line = str(block["til"]).strip(), block.lines["til"]
    if re.fullmatch(r"[0-9]{4}", said) and int(said) in _YEARS:
        return dt.date(int(said), 12, 31)
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(said, form).date()  # noqa: DTZ007 - en dag har ingen tidssone
        except ValueError:
            continue
    raise Bad(f"«til» er «{said[:40]}», men skal være et år (2026) eller en dag (30.06.2026).", line)
