"""Forms: the elements of a view or message, what a person may enter into them, and the values as Slack reports them."""

from typing import Any

from integrations.workspace_double.errors import NotPossible
from integrations.workspace_double.limits.elements import IN_INPUT
from integrations.workspace_double.limits.views import elements_in
from integrations.workspace_double.state import Json, User
from integrations.workspace_double.words import word

INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
MANY = {name for name, (reported, _) in INITIAL.items() if reported.endswith("s")}


def find(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """(block, element) with this action_id; raises NotPossible where there is none."""
    for block in blocks:
        for element in elements_in(block):
            if element.get("action_id") == action_id:
                return block, element
    there = [e["action_id"] for b in blocks for e in elements_in(b) if e.get("action_id")]
    raise NotPossible(f"nothing to act on with action_id {action_id!r}; there is {there}")


def initial_values(view: Json) -> dict[str, dict[str, Json]]:
    """view.state.values before the person entered anything."""
    values: dict[str, dict[str, Json]] = {}
    for block in view["blocks"]:
        for element in elements_in(block):
            if element.get("type") in IN_INPUT and element.get("action_id"):
                reported, initial = INITIAL[element["type"]]
                empty: Any = [] if element["type"] in MANY else None
                values.setdefault(block["block_id"], {})[element["action_id"]] = {
                    "type": element["type"],
                    reported: element.get(initial, empty),
                }
    return values


def entered(element: Json, value: Any) -> Json:
    """The value as Slack reports it; choices may be named by their value or their words. Raises NotPossible."""
    kind = element["type"]
    reported, _ = INITIAL[kind]
    if kind in MANY:
        given = value if isinstance(value, list | tuple) else [] if value is None else [value]
        if element.get("max_selected_items") and len(given) > element["max_selected_items"]:
            raise NotPossible(f"at most {element['max_selected_items']} may be chosen")
        return {"type": kind, reported: [option_of(element, v) if reported == "selected_options" else v for v in given]}
    if value is None:
        return {"type": kind, reported: None}
    if reported == "selected_option":
        return {"type": kind, reported: option_of(element, value)}
    return {"type": kind, reported: str(value) if reported == "value" else value}


def option_of(element: Json, value: Any) -> Json:
    options = element.get("options") or [o for g in element.get("option_groups") or [] for o in g["options"]]
    if isinstance(value, dict):
        value = value.get("value")
    for option in options:
        if value in (option["value"], option["text"]["text"]):
            return dict(option)
    raise NotPossible(f"no option {value!r}; there is {[o['value'] for o in options]}")


def complaints(view: Json, values: dict[str, dict[str, Json]], user: User) -> dict[str, str]:
    """What Slack's client itself refuses to submit: block_id → words."""
    wrong: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = values.get(block["block_id"], {}).get(element["action_id"], {})
        given = value.get(INITIAL[element["type"]][0])
        if given in (None, "", []):
            if not block.get("optional"):
                wrong[block["block_id"]] = word("required", user)
        elif element["type"] == "plain_text_input":
            if len(given) < element.get("min_length", 0):
                wrong[block["block_id"]] = word("too_short", user, most=element["min_length"])
            elif len(given) > element.get("max_length", 3000):
                wrong[block["block_id"]] = word("too_long", user, most=element.get("max_length", 3000))
    return wrong
