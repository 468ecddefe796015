"""Rapporter som nettsider: én fil uten noe utenfor seg selv, til å sende en kollega."""
