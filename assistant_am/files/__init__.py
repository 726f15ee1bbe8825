"""The files that people edit, read strictly: every mistake at once, file and line first.

Knows YAML, JSON Schemas and sources; nothing of what the files say.
"""
