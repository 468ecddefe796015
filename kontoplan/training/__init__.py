"""Lager det i ``rules/`` og ``models/`` som er regnet ut av data, ikke skrevet for hånd."""
