"""The coordinator's view: what is asked, what is not understood, what to read again."""
