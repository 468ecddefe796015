"""KOSTRA-filuttrekket: formatet, og kontrollene SSBs mottak kjører på det.

Modulene her bruker Polars og lastes først når noe skal kontrolleres.
"""
