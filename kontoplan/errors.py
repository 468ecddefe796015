"""Feil som brukeren kan rette: én setning på norsk som sier hva, hvor og hva en gjør."""

from __future__ import annotations


class UserError(Exception):
    """En feil brukeren kan ha forårsaket; kommandolinjen viser meldingen og går ut med 2.

    Args:
        message: Én norsk setning: hva som er galt, hvor (fil, ark, rad, kolonne) og hva brukeren kan gjøre.
        code: Stabilt navn på feilen, f.eks. ``"tom-fil"``; brukes i tester og dokumentasjon.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
