"""A Slack workspace on loopback: for tests, and to try the app by hand without Slack."""

from integrations.workspace_double.errors import AckRefused, ManifestRefused, NotPossible, SlackError
from integrations.workspace_double.rendering import acts_on
from integrations.workspace_double.workspace import Workspace

__all__ = ["AckRefused", "ManifestRefused", "NotPossible", "SlackError", "Workspace", "acts_on"]
