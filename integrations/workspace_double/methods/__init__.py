"""Web API methods by family; importing this package fills the table METHODS."""

from integrations.workspace_double.methods import (
    agents,
    auth,
    canvases,
    chat,
    conversations,
    files,
    reactions,
    streaming,
    users,
    views,
)
from integrations.workspace_double.methods.registry import METHODS, Method

__all__ = [
    "METHODS",
    "Method",
    "agents",
    "auth",
    "canvases",
    "chat",
    "conversations",
    "files",
    "reactions",
    "streaming",
    "users",
    "views",
]
