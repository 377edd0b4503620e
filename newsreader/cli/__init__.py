"""The face: one file per command group."""
