"""`python -m evals.demo FOLDER` writes the demo files."""

import sys
from pathlib import Path

from evals.demo.build import build


def main(arguments: list[str]) -> int:
    """Write the demo into the folder named; 2 on wrong use, as everywhere on the command line."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python -m evals.demo FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    count = build(folder)
    print(f"{count} files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
