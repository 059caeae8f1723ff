"""What happened: event words, entries of an article, and the joining of entries across articles."""
