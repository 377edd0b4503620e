"""Page to article: metadata, body, blocks, links and state."""
