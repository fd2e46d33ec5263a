"""Show what the semantic layer makes of questions: question → top specs → result.

    python -m evals.query_probe STORE_URL QUESTIONS.jsonl [--today YYYY-MM-DD] [--only WORD] [--category NAME ...] [--top 2]

A line of the file: {"question" or "turns", "asker"?, "category"?, "gold"?}.
"""

import argparse
import json
from datetime import date
from pathlib import Path

from knowledge.access import OWNER, UnknownAccount, viewer_for
from knowledge.linking import Linker
from knowledge.queries.compiler import run
from knowledge.queries.question import propose_specs
from knowledge.store import open_store, read


def main() -> None:
    """Print each question with its best specs and their results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())
    parser.add_argument("--only", default="")
    parser.add_argument("--category", nargs="*", default=[])
    parser.add_argument("--top", type=int, default=2)
    options = parser.parse_args()
    engine = open_store(options.store)
    with read(engine) as session:
        linker = Linker.from_store(session)
        for line in options.questions.read_text("utf-8").splitlines():
            case = json.loads(line)
            if options.category and case.get("category") not in options.category or options.only not in line:
                continue
            try:
                viewer = viewer_for(session, case.get("asker"))
            except UnknownAccount:
                viewer = OWNER
            inherited = None
            for turn in case.get("turns") or [case["question"]]:
                print(f"\n## {case.get('id', '')} {turn}")
                found = propose_specs(session, linker, viewer, turn, options.today, inherited)
                inherited = found[0].spec if found else None
                for proposal in found[: options.top]:
                    result = run(session, viewer, proposal.spec, options.today)
                    print(f"  {proposal.score:.2f} {proposal.spec.model_dump(exclude_defaults=True)} missed={proposal.uncovered}")
                    rows = [tuple(str(value) for value in row.values.values()) for row in result.rows[:6]]
                    print(f"    => {result.value} {result.currencies or ''} {rows} n={result.n} {result.reason or ''}")
            print("  gold:", json.dumps(case.get("gold", ""), ensure_ascii=False)[:200])


if __name__ == "__main__":
    main()
