"""The one door to httpx: bytes with manners."""
