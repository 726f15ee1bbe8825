"""French text: numbers, dates, spelling and formatting. Pure."""
