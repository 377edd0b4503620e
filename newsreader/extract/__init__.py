"""Page to article: metadata, body, blocks, links and state.

The way through: `outline` (tree to pieces in reading order) → `metadata` (what the page declares, by order of trust)
→ `body` (the element that holds the text) → `judge` (which pieces are text) → `blocks`, `figures`, `tables` → `links`
→ `state`. Plain-text dumps take `dump`, the text of feeds `feedtext`.
"""

from newsreader.extract.article import extract_article
from newsreader.model.article import Article

__all__ = ["Article", "extract_article"]
