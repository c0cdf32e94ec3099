"""The graph of models and the questions asked of it: who descends from whom, by which line, since when."""
