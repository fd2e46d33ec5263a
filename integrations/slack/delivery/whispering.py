"""A word that one person sees in a channel, also where the product is no member: there by the address that Slack gives with a command."""

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from integrations.slack.delivery.failing import code_of
from integrations.slack.door import Door
from integrations.slack.rendering.message import Message
from integrations.slack.tables import SlackEvent

NOT_THERE = frozenset(("channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived", "restricted_action"))


async def whisper(door: Door, event: SlackEvent, step: str, channel: str, user: str, message: Message, thread_ts: str | None = None) -> None:
    """Once for each step of an event. Where nobody can be reached at all, nothing is said."""
    try:
        await door.outbox.ephemeral(f"{event.key}:{step}", channel, user, message.text, message.blocks, thread_ts=thread_ts or None)
    except SlackApiError as error:
        address = event.payload.get("response_url")
        if code_of(error) not in NOT_THERE:
            raise
        if address:
            await AsyncWebhookClient(str(address)).send(text=message.text, blocks=message.blocks, response_type="ephemeral")
