"""French text: words, numbers, emergencies and formatting. Pure."""
