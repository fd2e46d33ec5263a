"""Rich text: sections, lists, quotes and preformatted text, and what stands inside them."""

from integrations.workspace_double.limits.rules import (
    Rule,
    anything,
    boolean,
    items,
    number,
    one_of,
    record,
    string,
    typed,
)

STYLE = record(
    {
        name: boolean
        for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    }
)


def part(fields: dict[str, Rule], *required: str) -> Rule:
    return record({"type": string(), "style": STYLE} | fields, ["type", *required])


PARTS: dict[str, Rule] = {
    "text": part({"text": string(None, 1)}, "text"),
    "link": part({"url": string(None, 1), "text": string(), "unsafe": boolean}, "url"),
    "user": part({"user_id": string()}, "user_id"),
    "usergroup": part({"usergroup_id": string()}, "usergroup_id"),
    "channel": part({"channel_id": string()}, "channel_id"),
    "team": part({"team_id": string()}, "team_id"),
    "broadcast": part({"range": one_of("here", "channel", "everyone")}, "range"),
    "emoji": part(
        {"name": string(), "unicode": string(), "skin_tone": number(), "url": string(), "display_url": string()}, "name"
    ),
    "date": part(
        {"timestamp": number(), "format": string(), "url": string(), "fallback": string()}, "timestamp", "format"
    ),
    "color": part({"value": string()}, "value"),
}
_parts = items(typed(PARTS, PARTS, "rich text part"))
_section = record({"type": string(), "elements": _parts}, ["type", "elements"])
_list = record(
    {
        "type": string(),
        "style": one_of("bullet", "ordered"),
        "elements": items(typed({"rich_text_section": _section}, ["rich_text_section"], "rich text element")),
        "indent": number(0, 8),
        "offset": number(0),
        "border": number(0, 1),
    },
    ["type", "style", "elements"],
)
_block = record(
    {"type": string(), "elements": _parts, "border": number(0, 1), "language": anything}, ["type", "elements"]
)
RICH_TEXT_ELEMENTS: dict[str, Rule] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _block,
    "rich_text_preformatted": _block,
}
RICH_TEXT = record(
    {
        "type": string(),
        "block_id": string(255),
        "elements": items(typed(RICH_TEXT_ELEMENTS, RICH_TEXT_ELEMENTS, "rich text element")),
    },
    ["type", "elements"],
)
