"""What a message means, in its conversation: read by a small sentence encoder and linear heads."""
