"""What the web channel and the messaging channels have in common."""
