"""How a fetch tells of itself: a live line on a terminal, a line a source elsewhere, JSON lines on request."""

from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from newsreader.cli.context import Context
from newsreader.refresh import Progress, SourceDone
from newsreader.text import numbered

COUNTS = ("new", "updated", "unchanged", "articles", "failed")


class Reporter:
    """Reports the events of a run; use it as a context manager, so that the live line is taken away at the end."""

    def __init__(self, context: Context, *, json: bool) -> None:
        self.context = context
        self.json = json
        self.live = None
        if context.talks_to_terminal and not json:
            from newsreader.present.as_rich import Progress as LiveLine

            self.live = LiveLine(context.streams.stderr, terminal=True, columns=context.columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wipe()

    def report(self, event: SourceDone | Progress) -> None:
        """Tell of one event."""
        if isinstance(event, Progress):
            if self.live:
                self.live.advance(event.done, event.total, event.text)
        elif self.json:
            from newsreader.present.as_json import fetch_line

            self.context.write([fetch_line(event._asdict() | {"source": {"id": event.id, "name": event.name}})])
            self.context.streams.stdout.flush()
        else:
            self._wipe()
            self.context.talk(sentence(event))

    def summary(self, done: Sequence[SourceDone]) -> None:
        """Tell of the whole run."""
        counts = Counter({name: sum(getattr(source, name) for source in done) for name in COUNTS})
        if self.json:
            from newsreader.present.as_json import fetch_summary

            failed = sum(source.status == "failed" for source in done)
            seconds = max(source.seconds for source in done)
            self.context.write(
                [fetch_summary({**counts, "sources": len(done), "sources_failed": failed, "seconds": seconds})]
            )
        elif len(done) > 1:
            self.context.talk(f"{len(done)} sources: {counts['new']} new headlines, {counts['articles']} articles read")

    def _wipe(self) -> None:
        """Take the live line away."""
        if self.live:
            self.live.clear()


def sentence(done: SourceDone) -> str:
    """What became of a source, on one line."""
    if done.status in {"failed", "skipped"}:
        return f"{done.name}: {done.status}: {done.reason}"
    parts = [numbered(done.new, "new headline") if done.new else "nothing new"]
    parts += [f"{numbered(done.articles, 'article')} read"] if done.articles else []
    parts += [f"{done.failed} could not be read"] if done.failed else []
    parts += [done.reason] if done.reason else []
    return f"{done.name}: {', '.join(parts)} ({done.seconds:.1f} s)"
