"""Statistiske utvalg av posteringer: trekke dem, og evaluere feilene som ble funnet."""
