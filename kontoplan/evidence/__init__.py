"""Vitnene: hvert av dem ser på én sak og sier hva det vet, og ikke noe annet."""
