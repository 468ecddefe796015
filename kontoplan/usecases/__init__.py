"""Programmets oppgaver, som rene funksjoner over frosne dataklasser."""
