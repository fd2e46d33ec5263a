"""What a person may have got wrong."""


class WrongUse(Exception):
    """Wrong use or bad input; the message is one line: what, why, how to mend. Exit code 2."""
