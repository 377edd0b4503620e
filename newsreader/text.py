"""Text: normalisation, control characters out, CJK, words, graphemes and widths."""

import unicodedata


def clean(text: str) -> str:
    """One clean line."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def count_words(text: str) -> int:
    """Words of a text."""
    return len(text.split())
