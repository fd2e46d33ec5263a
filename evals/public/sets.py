"""The published sets that can be measured, by the name under which `akrab eval` knows them."""

from collections.abc import Callable
from pathlib import Path

from evals.outcomes import Measured
from evals.public.contracts import contract_nli, cuad
from evals.public.crm import workbench
from evals.public.injections import bipia
from evals.public.meetings import qmsum
from evals.public.options import BadSet, Options
from evals.public.retrieval import idk_mrc, xling
from evals.public.unanswerable import abstention

SETS: dict[str, Callable[[Options], Measured]] = {
    "xling": xling,
    "idk_mrc": idk_mrc,
    "abstention": abstention,
    "cuad": cuad,
    "contract_nli": contract_nli,
    "qmsum": qmsum,
    "workbench": workbench,
    "bipia": bipia,
}


def retrieval_set(folder: Path) -> Callable[[Options], Measured]:
    """Which retrieval set a folder holds. Raises BadSet."""
    if (folder / "passages_en.jsonl").exists():
        return xling
    if (folder / "passages.jsonl").exists() and (folder / "valid.jsonl").exists():
        return idk_mrc
    raise BadSet(str(folder))
