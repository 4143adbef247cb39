"""Gates over the corpora: what must hold for files that others wrote (FORMATS section 6)."""
