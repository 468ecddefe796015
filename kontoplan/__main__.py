"""``python -m kontoplan``."""

from kontoplan.cli import main

main()
