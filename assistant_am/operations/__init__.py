"""Training, starting and talking to the servers."""
