"""The one door to SQLite: sources, articles, links, marks and terms in one file.

`connection` opens it, `schema` and `migrations/` shape it; then one module a noun: `sources`, `headlines` (what sources
announce), `articles` (whole texts), `entries` and `lists` (what lists show; light to import), `marks`, `terms`.
"""
