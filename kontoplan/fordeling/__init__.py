"""Fordeling av serviceenheter og delte tjenester: nøkler inn, balanserte bilag ut, på øret."""
