"""How much each state of an article holds: what may replace what."""

from newsreader.model.news import State

_HELD = {State.FULL: 3, State.PARTIAL: 2, State.PAYWALLED: 2, State.FEED_ONLY: 2, State.HEADLINE: 0}
_NOTHING_READ = 1  # consent, blocked, gone, failed


def has_text(state: State) -> bool:
    """Whether there is text of the article itself in this state."""
    return _held(state) > _NOTHING_READ


def may_replace(new: State, words: int, old: State, old_words: int) -> bool:
    """Whether a text may replace the stored one: a refetch that brought less takes nothing away.

    A whole text replaces any other, and only a whole one replaces it; a part gives way to another kind of part that is
    no shorter (in words).
    """
    if _held(new) != _held(old):
        return _held(new) > _held(old)
    return new is old or words >= old_words


def _held(state: State) -> int:
    return _HELD.get(state, _NOTHING_READ)
