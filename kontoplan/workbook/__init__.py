"""Resultatarbeidsboken."""

from kontoplan.workbook.write import write_workbook

__all__ = ["write_workbook"]
