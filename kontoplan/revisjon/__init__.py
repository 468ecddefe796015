"""Revisjon av posteringer: hva som er verdt å se på, hvor sannsynlig det er galt, og hva det betyr."""
