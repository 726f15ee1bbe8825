"""What surrounds a turn: settings, secrets, logs that keep no message."""
