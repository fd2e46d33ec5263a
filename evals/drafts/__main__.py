"""`python -m evals.drafts SEEDS [FOLDER]`: make and check the drafts of invented providers ("1-3"); FOLDER keeps the files and what is wrong."""

import json
import sys
from pathlib import Path

from assistant.settings import Settings
from evals.drafts.measure import Case, figures, measure
from evals.generated.measure import seeds_of


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where something is uncited, differs or is internal, 2 on wrong use."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    cases: list[Case] = []
    for seed in seeds_of(arguments[0]):
        cases += measure(seed, Settings(), lambda *_: None)
    found = figures(cases)
    print(json.dumps(found, indent=1))
    if len(arguments) == 2:
        keep(cases, Path(arguments[1]))
    return int(any(found["all"][name] for name in ("uncited", "differ", "internal", "not_made")))


def keep(cases: list[Case], folder: Path) -> None:
    """The Word files, and wrong.txt with what is wrong in each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for case in cases:
        one = case.checked
        name = f"{case.seed}-{case.customer}-{one.request.kind}-{'customer' if one.request.for_customer else 'internal'}-{one.request.language}"
        (folder / f"{name}.docx").write_bytes(case.content)
        lines.append(f"== {name}: {one.request.text} ({one.seconds:.2f} s, {one.words} words)")
        for what, found in (("UNCITED", one.uncited), ("DIFFERS", one.differs), ("INTERNAL", one.inner), ("MISSING", one.missing)):
            lines += [f"  {what} {text}" for text in found]
    (folder / "wrong.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
