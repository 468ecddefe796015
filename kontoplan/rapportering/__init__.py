"""Fra hovedbok og kobling til et KOSTRA-filuttrekk: hver øre ender et sted, og det står hvor."""
