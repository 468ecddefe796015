"""Regelbasen: det veilederen og departementet sier, som data, og maskineriet som finner regelen som gjelder."""
