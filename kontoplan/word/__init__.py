"""Dokumenter til Word."""
