"""Block elements and composition objects: fields and limits as in Slack's reference (docs.slack.dev/reference/block-kit)."""

from typing import Any

from integrations.workspace_double.limits.rules import (
    Problems,
    Rule,
    anything,
    boolean,
    iso_date,
    items,
    number,
    one_of,
    pattern,
    record,
    say,
    string,
    text,
    typed,
    web_address,
)

ACTION_ID = string(255)
CONFIRM = record(
    {
        "title": text(100, plain_only=True),
        "text": text(300),
        "confirm": text(30, plain_only=True),
        "deny": text(30, plain_only=True),
        "style": one_of("primary", "danger"),
    },
    ["title", "text", "confirm", "deny"],
)
OPTION = record(
    {"text": text(75), "value": string(150, 1), "description": text(75), "url": web_address(3000)}, ["text", "value"]
)
PLAIN_OPTION = record(
    {
        "text": text(75, plain_only=True),
        "value": string(150, 1),
        "description": text(75, plain_only=True),
        "url": web_address(3000),
    },
    ["text", "value"],
)
OPTION_GROUP = record(
    {"label": text(75, plain_only=True), "options": items(PLAIN_OPTION, 1, 100)}, ["label", "options"]
)
SLACK_FILE = record({"id": string(), "url": web_address()})
DISPATCH = record({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
FILTER = record(
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)
PLACEHOLDER = text(150, plain_only=True)
STYLE = one_of("primary", "danger")


def element(fields: dict[str, Rule], required: tuple[str, ...] = (), *, interactive: bool = True) -> Rule:
    base: dict[str, Rule] = {"type": string()}
    if interactive:
        base["action_id"] = ACTION_ID
    return record(base | fields, ["type", *required])


def menu(fields: dict[str, Rule], required: tuple[str, ...] = (), *, many: bool = False) -> Rule:
    base: dict[str, Rule] = {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": boolean}
    if many:
        base["max_selected_items"] = number(1)
    return element(base | fields, required)


def static_menu(*, many: bool) -> Rule:
    initial: dict[str, Rule] = (
        {"initial_options": items(PLAIN_OPTION, 1, 100)} if many else {"initial_option": PLAIN_OPTION}
    )
    shape = menu(
        {"options": items(PLAIN_OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)} | initial, many=many
    )

    def rule(problems: Problems, path: str, value: Any) -> None:
        shape(problems, path, value)
        given = [name for name in ("options", "option_groups") if value.get(name)]
        if len(given) != 1:
            say(problems, path, "needs either options or option_groups")
            return
        options = (
            value["options"]
            if given == ["options"]
            else [o for g in value["option_groups"] for o in g.get("options", [])]
        )
        _known_initial(problems, path, options, value.get("initial_options" if many else "initial_option"))

    return rule


def choices(*, many: bool) -> Rule:
    """Checkboxes and radio buttons: at most 10 options, the initial ones among them."""
    initial: dict[str, Rule] = {"initial_options": items(OPTION, 1, 10)} if many else {"initial_option": OPTION}
    shape = element(
        {"options": items(OPTION, 1, 10), "confirm": CONFIRM, "focus_on_load": boolean} | initial, ("options",)
    )

    def rule(problems: Problems, path: str, value: Any) -> None:
        shape(problems, path, value)
        _known_initial(
            problems, path, value.get("options") or [], value.get("initial_options" if many else "initial_option")
        )

    return rule


def _known_initial(problems: Problems, path: str, options: list[Any], initial: Any) -> None:
    known = {o.get("value") for o in options if isinstance(o, dict)}
    for chosen in initial if isinstance(initial, list) else [initial] if initial else []:
        if isinstance(chosen, dict) and chosen.get("value") not in known:
            say(problems, path, "an initial option must be among the options")
    values = [o.get("value") for o in options if isinstance(o, dict)]
    if len(values) != len(set(map(str, values))):
        say(problems, path, "values of options must be unique")


def entry(fields: dict[str, Rule], required: tuple[str, ...] = ()) -> Rule:
    base: dict[str, Rule] = {"placeholder": PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": DISPATCH}
    return element(base | fields, required)


def _image(problems: Problems, path: str, value: Any) -> None:
    record(
        {"type": string(), "alt_text": string(2000, 1), "image_url": web_address(3000), "slack_file": SLACK_FILE},
        ["type", "alt_text"],
    )(problems, path, value)
    if not (value.get("image_url") or value.get("slack_file")):
        say(problems, path, "needs image_url or slack_file")


FEEDBACK_BUTTON = record(
    {"text": text(75, plain_only=True), "value": string(2000), "accessibility_label": string(75)}, ["text", "value"]
)

ELEMENTS: dict[str, Rule] = {
    "button": element(
        {
            "text": text(75, plain_only=True),
            "url": web_address(3000),
            "value": string(2000),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
            "agent_prompt_display": anything,
            "visible_to_user_ids": items(string(), 1, 10),
        },
        ("text",),
    ),
    "checkboxes": choices(many=True),
    "radio_buttons": choices(many=False),
    "datepicker": menu({"initial_date": iso_date}),
    "timepicker": menu({"initial_time": pattern(r"([01]\d|2[0-3]):[0-5]\d", "must be HH:mm"), "timezone": string()}),
    "datetimepicker": element(
        {"initial_date_time": number(0, 9_999_999_999), "confirm": CONFIRM, "focus_on_load": boolean}
    ),
    "feedback_buttons": element(
        {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}, ("positive_button", "negative_button")
    ),
    "icon_button": element(
        {
            "icon": one_of("trash"),
            "text": text(75, plain_only=True),
            "accessibility_label": string(75),
            "value": string(2000),
            "visible_to_user_ids": items(string(), 1, 10),
            "confirm": CONFIRM,
        },
        ("icon", "text"),
    ),
    "image": _image,
    "static_select": static_menu(many=False),
    "multi_static_select": static_menu(many=True),
    "external_select": menu({"min_query_length": number(0), "initial_option": PLAIN_OPTION}),
    "multi_external_select": menu(
        {"min_query_length": number(0), "initial_options": items(PLAIN_OPTION, 1, 100)}, many=True
    ),
    "users_select": menu({"initial_user": string()}),
    "multi_users_select": menu({"initial_users": items(string())}, many=True),
    "conversations_select": menu(
        {
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        }
    ),
    "multi_conversations_select": menu(
        {"initial_conversations": items(string()), "default_to_current_conversation": boolean, "filter": FILTER},
        many=True,
    ),
    "channels_select": menu({"initial_channel": string(), "response_url_enabled": boolean}),
    "multi_channels_select": menu({"initial_channels": items(string())}, many=True),
    "overflow": element({"options": items(PLAIN_OPTION, 1, 5), "confirm": CONFIRM}, ("options",)),
    "plain_text_input": entry(
        {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        }
    ),
    "email_text_input": entry({"initial_value": string()}),
    "url_text_input": entry({"initial_value": string()}),
    "number_input": entry(
        {"is_decimal_allowed": boolean, "initial_value": string(), "min_value": string(), "max_value": string()},
        ("is_decimal_allowed",),
    ),
    "rich_text_input": entry({"initial_value": anything, "min_lines": number(1), "max_lines": number(1)}),
    "file_input": element({"filetypes": items(string()), "max_files": number(1, 10)}),
    "workflow_button": element(
        {"text": text(75, plain_only=True), "workflow": anything, "style": STYLE, "accessibility_label": string(75)},
        ("text", "workflow"),
    ),
    "url": record({"type": string(), "url": web_address(), "text": string()}, ["type", "url", "text"]),
}
MENUS = {name for name in ELEMENTS if name.endswith("_select")}
TEXT_ENTRIES = {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
IN_ACTIONS = MENUS | PICKERS | CHOICES | {"button", "overflow", "rich_text_input", "workflow_button"}
IN_SECTION = MENUS | PICKERS | CHOICES | {"button", "overflow", "image", "workflow_button"}
IN_INPUT = MENUS | PICKERS | CHOICES | TEXT_ENTRIES


def element_of(allowed: set[str]) -> Rule:
    return typed(ELEMENTS, allowed, "element")
