"""The frozen program `linepaint-train`."""

import multiprocessing
import sys

if __name__ == "__main__":
    # Before anything large is imported: a worker process of the loader ends in here.
    multiprocessing.freeze_support()

    from linepaint.trainer.cli import main

    sys.exit(main())
