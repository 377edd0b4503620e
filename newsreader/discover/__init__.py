"""Feeds, news sitemaps and front pages: bytes to headlines."""
