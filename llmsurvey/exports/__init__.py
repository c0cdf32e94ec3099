"""How papers leave the program: one file a format, each a stream of text; `formats.py` is the table of them."""
