"""Understanding: Rasa graph components, built on `french` and `reading`."""
