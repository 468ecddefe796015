"""Kommandolinjen: én fil per kommando."""
