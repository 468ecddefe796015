"""Kontoplan: hvor en kommunes kontoer hører hjemme i KOSTRA."""

__version__ = "0.1.0"
