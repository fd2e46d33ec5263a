"""`python -m evals.generated SEED FOLDER` writes the provider of a seed, to look at it or to run `akrab eval FOLDER`."""

import sys
from pathlib import Path

from evals.generated.build import generate


def main(arguments: list[str]) -> int:
    """Write it and say what was written; 2 on wrong use."""
    if len(arguments) != 2 or not arguments[0].isdigit():
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[1])
    provider = generate(int(arguments[0]), folder)
    files = sum(path.is_file() for path in (folder / "files").rglob("*"))
    print(f"{provider.name}, {len(provider.customers)} customers, {files} files; today is {provider.today}: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
