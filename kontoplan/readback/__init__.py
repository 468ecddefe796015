"""Leser avgjørelsene i en gjennomgått arbeidsbok tilbake."""
