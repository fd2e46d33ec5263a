"""What Slack accepts: blocks, messages and views given as plain dicts, refused with Slack's own error names."""

from integrations.workspace_double.limits.messages import check_chunks, check_message, parsed_blocks
from integrations.workspace_double.limits.views import check_view

__all__ = ["check_chunks", "check_message", "check_view", "parsed_blocks"]
