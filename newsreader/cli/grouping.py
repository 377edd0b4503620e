"""Stories brought up to date before they are shown."""

from newsreader.cli.context import Context
from newsreader.cli.output import waiting
from newsreader.errors import StoreError
from newsreader.text import numbered


def catch_up(context: Context) -> None:
    """Find the stories of what came since the last fetch; a store that cannot be written is shown as it is."""
    from newsreader.store.feedtexts import count_announced
    from newsreader.store.placing import count_waiting

    if not (count_waiting(context.readable_db) or count_announced(context.readable_db)):
        return
    from newsreader import grouping

    try:
        with waiting(context, "telling stories apart") as say:
            for done, total in grouping.catch_up(context.db, context.now(), context.rules):
                say(f"telling stories apart: {done} of {numbered(total, 'article')}")
    except StoreError:
        context.talk("The store cannot be written: the newest articles are not in their stories yet.")


def rebuild(context: Context) -> None:
    """Tell all stories apart anew; raises `StoreError`."""
    from newsreader import grouping

    with waiting(context, "telling stories apart anew") as say:
        grouping.rebuild(
            context.db,
            lambda done, total: say(f"telling stories apart anew: {done} of {numbered(total, 'article')}"),
        )
