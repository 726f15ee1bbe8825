"""Read the values of a situation in a French message: closed classes, by rules. Pure."""
