"""Where measurements find the pinned models: where the product keeps them unless its settings say otherwise."""

from pathlib import Path

MODEL_CACHE = Path.home() / ".cache" / "akrab"
