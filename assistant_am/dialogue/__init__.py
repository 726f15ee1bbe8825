"""What to answer to a turn, given what was said before. Pure: no Rasa, no clock, no network."""
