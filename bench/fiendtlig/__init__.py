"""Fiendtlige inndata: et korpus av ødelagte og ondsinnede filer, og kjøringen som ser at programmet tåler dem."""
