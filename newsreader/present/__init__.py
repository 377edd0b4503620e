"""Text and JSON for people and machines: the one door to rich."""
