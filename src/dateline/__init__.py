"""A folder of news articles in, a static website with a timeline for every actor and every event out."""

__version__ = "0.1.0"
