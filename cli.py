"""Starter kontoplan fra et kodelager: ``python cli.py koble kontoplan.xlsx``."""

from kontoplan.cli import main

if __name__ == "__main__":
    main()
