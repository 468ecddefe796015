"""Minnet: én SQLite-fil brukeren eier, med alt som er avgjort og når. Det legges bare til, aldri endret eller slettet."""

from kontoplan.memory.store import Laert, Minne, Runde

__all__ = ["Laert", "Minne", "Runde"]
