"""How happenings come in and messages go out, each exactly once: inbox, worker, outbox, streams."""
