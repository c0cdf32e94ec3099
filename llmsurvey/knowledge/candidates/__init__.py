"""New models found in what papers say of themselves: title and abstract in, names with sizes and their places out.

Pure reading. What a paper introduces is told from what it merely uses by the grammar of a few set phrases ("we present
NAME, a 7B language model"), not by a list of names; what is not said is not guessed.
"""
