"""Ways to reach the assistant."""
