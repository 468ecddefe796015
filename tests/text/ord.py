"""Tekster slik de kan stå i en kontoplan, og helt andre tekster, til egenskapstestene."""

from __future__ import annotations

import csv

from hypothesis import strategies as st

from kontoplan.data import data_path


def _column(name: str, column: str) -> list[str]:
    with data_path(f"rules/ord/{name}").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


KNOWN = [*_column("forkortelser.csv", "form"), *_column("nynorsk.csv", "fra"), *_column("ledd.csv", "ledd")]
NOTES = ["Utgår f.o.m 2025", "ikkje i bruk", "t.o.m. 2019", "2024", "21140", "115", "(", ")", "/", "-", ".", ","]
LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåABCÆØÅ", max_size=9)
PIECES = st.lists(st.one_of(st.sampled_from(KNOWN), st.sampled_from(NOTES), LETTERS), max_size=7)
LEDGER = st.builds(lambda pieces, between: between.join(pieces), PIECES, st.sampled_from([" ", "", ".", "-", "/"]))
ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
TEXT = st.one_of(LEDGER, ANY)
