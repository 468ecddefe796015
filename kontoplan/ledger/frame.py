"""Fra filens egne kolonner til hovedbokens kolonner, som ett sett uttrykk Polars kan strømme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.ledger import dates, hovedbok
from kontoplan.ledger.amounts import AMOUNT, float_cents, parse_amounts
from kontoplan.ledger.formats import AMOUNTS, CODES, is_credit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.ledger.columns import Columns
    from kontoplan.ledger.formats import Formats

_NUMBER = r"^[A-Za-zÆØÅæøå]{0,3}[.\-]?\d[\d.\-/ ]*[A-Za-z]?$"
_CODE_IN_TEXT = r"^([A-Za-zÆØÅæøå]{0,2}\d[\d./]*(?:-\d+)*[A-Z]?)(?:[\s\-–—:|.)]|$)"
_SUM = r"(?i)\b(?:sum|totalt?|totalsum|subtotal|deltotal)\b"
_STARTS_AS_SUM = r"(?i)^\s*(?:sum|totalt?|totalsum|subtotal|deltotal)\b"
_TEXTS = ("tekst", "leverandor", "orgnr", "bilag", "mva_kode", *hovedbok.NAVN)
_DASHES = ("-", "–", "−")
"""Slik viser regneark null i regnskapsformat; cellen har ikke noe beløp."""
_CENTS = 100


def build(raw: pl.LazyFrame, columns: Columns, formats: Formats, names: Mapping[str, str]) -> pl.LazyFrame:
    """Rammen slik ``Hovedbok.rader`` lover den.

    Args:
        raw: Filens rader med ``rad``, ``ark``, ``ekstra`` (innhold til høyre for tabellen, ellers null) og kolonnene i ``names``.
        columns: Hvilken kolonne som er hva.
        formats: Hvordan tall og datoer er skrevet.
        names: Rolle → kolonnenavn i ``raw``.
    """
    schema = raw.collect_schema()
    col = {role: pl.col(names[role]) for role in columns.at}
    kind = {role: schema[names[role]] for role in columns.at}
    text = {role: _text(col[role], kind[role]) for role in col}
    amounts = {role: _amount(col[role], kind[role], formats) for role in AMOUNTS if role in col}
    codes = {role: _code(text[role], split=role in formats.split) for role in CODES if role in text}
    read = raw.select(
        "rad",
        "ark",
        "ekstra",
        _class(text["klasse"]).alias("klasse") if "klasse" in text else _none("klasse"),
        *(codes[role].alias(role) if role in codes else _none(role) for role in CODES),
        *(text[role].alias(role) if role in text else _none(role) for role in _TEXTS),
        _date(col, kind, formats).alias("dato"),
        (dates.month(text["periode"]) if "periode" in text else pl.lit(None, pl.Int16)).alias("periode"),
        (text["dato"].is_not_null() if "dato" in text else pl.lit(value=False)).alias("dato_tekst"),
        text["konto"].alias("_konto"),
        *((text[role].is_not_null() & ~text[role].is_in(_DASHES)).alias(f"_har_{role}") for role in amounts),
        *(expression.alias(f"_{role}") for role, expression in amounts.items()),
        *([is_credit(text["fortegn"]).fill_null(value=False).alias("_kredit_her")] if formats.use_sign else []),
    )
    heading = columns.headings[columns.at["konto"]] if columns.headings else ""
    listing = {"bilag", "dato"} <= set(columns.at)
    return (
        read.with_columns(
            _combined(amounts, formats).alias("belop_ore"),
            pl.any_horizontal(pl.col(f"_{role}").struct.field("avrundet") for role in amounts)
            .fill_null(value=False)
            .alias("avrundet"),
            pl.coalesce(pl.col("periode"), pl.col("dato").dt.month().cast(pl.Int16)).alias("maaned"),
        )
        .with_columns(
            pl.any_horizontal(f"_har_{role}" for role in amounts).alias("_har_belop"),
            pl.any_horizontal(
                pl.col(f"_har_{role}") & pl.col(f"_{role}").struct.field("ore").is_null() for role in amounts
            ).alias("_uleselig"),
        )
        .with_columns(_problem(heading, listing=listing).alias("feil"))
        .select("rad", "ark", *hovedbok.FELT, *hovedbok.NAVN, "belop_ore", "avrundet", "dato_tekst", "feil")
    )


def _none(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(name)


def _text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Kolonnen som tekst uten blanke i endene; tom tekst er null, og 300.0 er «300»."""
    if kind.is_float():
        whole = pl.when(column == column.round(0)).then(column.cast(pl.Int64, strict=False).cast(pl.String))
        return whole.otherwise(column.cast(pl.String))
    text = column.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _code(text: pl.Expr, *, split: bool) -> pl.Expr:
    return pl.coalesce(text.str.extract(_CODE_IN_TEXT), text) if split else text


def _class(text: pl.Expr) -> pl.Expr:
    """Kontoklassen: sifferet slik det står, eller ordet drift, investering eller balanse oversatt."""
    word = text.str.to_lowercase()
    return (
        pl.when(text.str.contains(r"^\d(?:\D|$)"))
        .then(text.str.head(1))
        .when(word.str.starts_with("d"))
        .then(pl.lit("1"))
        .when(word.str.starts_with("i"))
        .then(pl.lit("0"))
        .when(word.str.starts_with("b"))
        .then(pl.lit("2"))
    )


def _date(col: Mapping[str, pl.Expr], kind: Mapping[str, pl.DataType], formats: Formats) -> pl.Expr:
    if "dato" not in col:
        return pl.lit(None, pl.Date)
    if kind["dato"].is_temporal():
        return col["dato"].cast(pl.Date)
    return dates.number_date(col["dato"]) if kind["dato"].is_numeric() else dates.text_date(col["dato"], formats.date)


def _amount(column: pl.Expr, kind: pl.DataType, formats: Formats) -> pl.Expr:
    if kind == pl.String:
        return column.map_batches(partial(parse_amounts, comma=formats.comma), return_dtype=AMOUNT, is_elementwise=True)
    if kind.is_float():
        return float_cents(column)
    if kind.is_numeric():
        ore = (column.cast(pl.Decimal(38, 4), strict=False) * _CENTS).round(0).cast(pl.Int64, strict=False)
        return pl.struct(ore.alias("ore"), pl.lit(value=False).alias("avrundet"))
    return pl.struct(pl.lit(None, pl.Int64).alias("ore"), pl.lit(value=False).alias("avrundet"))


def _combined(amounts: Mapping[str, pl.Expr], formats: Formats) -> pl.Expr:
    """Ett beløp av beløpskolonnene, debet positiv og kredit negativ; null når ingen av dem er lest."""
    ore = {role: pl.col(f"_{role}").struct.field("ore") for role in amounts}
    for role in ("belop", "saldo"):
        if role in ore:
            return (
                pl.when(pl.col("_kredit_her")).then(-ore[role]).otherwise(ore[role]) if formats.use_sign else ore[role]
            )
    both = [(ore["debet"], 1)] if "debet" in ore else []
    both += [(ore["kredit"], 1 if formats.credit_signed else -1)] if "kredit" in ore else []
    total = pl.sum_horizontal(expression * sign for expression, sign in both)
    return pl.when(pl.any_horizontal(expression.is_not_null() for expression, _ in both)).then(total)


def _problem(heading: str, *, listing: bool) -> pl.Expr:
    """Hvorfor raden ikke er en postering; null når den er det."""
    konto = pl.col("_konto")
    unread = pl.col("belop_ore").is_null() | pl.col("_uleselig")
    is_sum = konto.str.contains(_SUM)
    if listing:
        is_sum |= pl.col("bilag").is_null() & ~pl.col("dato_tekst") & pl.col("tekst").str.contains(_STARTS_AS_SUM)
    return (
        pl.when(pl.col("ekstra").is_not_null())
        .then(pl.lit(hovedbok.FOR_MANGE))
        .when(konto.is_null() & ~pl.col("_har_belop"))
        .then(pl.lit(hovedbok.TOM))
        .when(konto.is_null())
        .then(pl.lit(hovedbok.UTEN_KONTO))
        .when((konto == heading.strip()) & unread)
        .then(pl.lit(hovedbok.GJENTATT))
        .when(is_sum.fill_null(value=False))
        .then(pl.lit(hovedbok.SUMLINJE))
        .when(~pl.col("konto").str.contains(_NUMBER))
        .then(pl.lit(hovedbok.IKKE_NUMMER))
        .when(~pl.col("_har_belop"))
        .then(pl.lit(hovedbok.UTEN_BELOP))
        .when(unread)
        .then(pl.lit(hovedbok.IKKE_TALL))
    )
