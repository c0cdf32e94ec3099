"""How fast the program is, as ratios inside one run: `make bench` measures and writes README's table."""
