"""python -m newsreader, and the entry point of the installed command."""

import gc
import sys


def main() -> int:
    """Run the program on the arguments of the process; returns the exit status."""
    # Start-up makes many objects and no garbage: to look for some while modules load, and once more at the exit, costs
    # each command 10 ms. Commands that run for long turn the collector on again.
    gc.disable()
    from newsreader.cli.app import run
    from newsreader.cli.context import Context

    status = run(sys.argv[1:], Context.of_process())
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(main())
