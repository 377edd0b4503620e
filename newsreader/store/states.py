"""How much each state of an article holds: what may replace what."""

from newsreader.model.news import State

_HELD = {
    State.FULL: 5,
    State.PARTIAL: 4,
    State.FEED_ONLY: 3,
    State.PAYWALLED: 2,
    State.CONSENT: 1,
    State.BLOCKED: 1,
    State.GONE: 1,
    State.FAILED: 1,
    State.HEADLINE: 0,
}


def has_text(state: State) -> bool:
    """Whether there is text of the article itself in this state."""
    return _HELD[state] > 1


def may_replace(new: State, old: State) -> bool:
    """Whether what is there now is at least as much as what is stored: a refetch that failed takes nothing away."""
    return _HELD[new] >= _HELD[old]
