"""`python -m linepaint`."""

import sys

from linepaint.cli import main

if __name__ == "__main__":
    sys.exit(main())
