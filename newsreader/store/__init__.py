"""The one door to SQLite: sources, articles, links and terms in one file."""
