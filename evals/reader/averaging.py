"""Averages the weights of checkpoints of one training: read together they are better than the last alone (Wortsman et al. 2022).

    python -m evals.reader.averaging WORK/average.pt WORK/first.pt WORK/second.pt …

Needs PyTorch. The figures kept with it are those of the last checkpoint.
"""

from pathlib import Path

import torch
import typer


def main(out: Path, checkpoints: list[Path]) -> None:
    """Writes the mean of the trained parts; they must be of one size."""
    kept = [torch.load(file, map_location="cpu", weights_only=False) for file in checkpoints]
    if any(each["size"] != kept[0]["size"] for each in kept):
        raise typer.BadParameter("the checkpoints are of different sizes")
    mean = {name: sum(each["upper"][name] for each in kept) / len(kept) for name in kept[0]["upper"]}
    torch.save(kept[-1] | {"upper": mean}, out)


if __name__ == "__main__":
    typer.run(main)
