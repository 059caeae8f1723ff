"""Who acts: names found in a text, told apart, and joined across articles."""
