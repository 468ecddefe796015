"""Målinger: treff på utviklingsdataene, og tid og minne mot det nærmeste alternativet."""
