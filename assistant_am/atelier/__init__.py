"""The workshop: a local web page where a coordinator changes, tries and publishes answers."""
