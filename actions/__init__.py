"""Rasa custom actions: read the tracker, call the package, say, set the slots."""
