"""How things look in Slack: typed values in, blocks and plain words out. Nothing here talks to Slack or to the store.

Text of documents, records, models and people is data: it never becomes a link, an image, a mention or formatting.
"""

from integrations.slack.rendering.message import Block, Message

__all__ = ["Block", "Message"]
