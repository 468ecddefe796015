"""Leser kommunens kontoplan: filer blir til tabeller, tabeller til kontoer."""
