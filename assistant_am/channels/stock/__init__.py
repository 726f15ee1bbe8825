"""Rasa's own connectors, mended where they lose answers or trust everybody."""
