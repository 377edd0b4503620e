"""newsreader: a command-line news reader that keeps whole articles."""

__version__ = "0.1.0"
