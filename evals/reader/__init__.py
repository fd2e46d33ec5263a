"""How the reader's weights were made and what they are worth; not used at run time (PyTorch needed for training only)."""
