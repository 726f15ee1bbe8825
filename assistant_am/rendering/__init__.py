"""Results and facts as structured blocks, short text, pictures and pages. Pure."""
