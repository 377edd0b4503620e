"""How a fetch tells of itself: bars on a terminal, a line a source, JSON lines on request."""

from collections import Counter
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from newsreader.cli.context import Context
from newsreader.refresh import Planned, Progress, SourceDone
from newsreader.text import numbered

COUNTS = ("new", "updated", "unchanged", "articles", "failed")


class Reporter:
    """Reports the events of a run; use it as a context manager, so that the bars are taken away at the end."""

    def __init__(self, context: Context, *, json: bool) -> None:
        self.context = context
        self.json = json
        self.live = None
        if context.talks_to_terminal and not json:
            from newsreader.present.bars import Bars

            self.live = Bars(context.streams.stderr, context.columns)

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
                self.live.advance(event.group, event.done, event.total, event.text)
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
            seconds = max((source.seconds for source in done), default=0.0)
            self.context.write(
                [fetch_summary({**counts, "sources": len(done), "sources_failed": failed, "seconds": seconds})]
            )
        elif len(done) > 1:
            self.context.talk(f"{len(done)} sources: {counts['new']} new headlines, {counts['articles']} articles read")

    def _wipe(self) -> None:
        """Take the bars away."""
        if self.live:
            self.live.clear()


def print_planned(context: Context, plan: Iterable[Planned], *, json: bool) -> None:
    """What a run would ask for: a row or a JSON object a request; requests for robots.txt are not known before."""
    from newsreader.present.as_json import dump
    from newsreader.present.as_tsv import planned_row

    for source, asks, url, conditional in plan:
        if json:
            told = {"source": {"id": source.id, "name": source.name}, "asks": asks, "url": url}
            context.write([dump(told | {"conditional": conditional})])
        else:
            context.write([planned_row(asks, source.name, url, conditional=conditional)])


def sentence(done: SourceDone) -> str:
    """What became of a source, on one line."""
    if done.status in {"failed", "skipped"}:
        return f"{done.name}: {done.status}: {done.reason}"
    parts = [numbered(done.new, "new headline") if done.new else "nothing new"]
    parts += [f"{numbered(done.articles, 'article')} read"] if done.articles else []
    parts += [f"{done.failed} could not be read"] if done.failed else []
    parts += [done.reason] if done.reason else []
    return f"{done.name}: {', '.join(parts)} ({done.seconds:.1f} s)"
