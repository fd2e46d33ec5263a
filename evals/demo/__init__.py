"""The demo portfolio: the files of an invented provider, with questions whose answers are known."""
