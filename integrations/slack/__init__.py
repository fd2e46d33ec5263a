"""Slack: ask, brief and log where account managers work."""
