"""Measures how well the assistant understands, and writes the report."""
