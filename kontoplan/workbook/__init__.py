"""Resultatarbeidsboken."""
