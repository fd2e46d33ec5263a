"""Limits of blocks and views: what slack_sdk's model classes take at their limits is accepted, one beyond is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as b
from slack_sdk.models.views import View

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.limits import check_message, check_view
from integrations.workspace_double.limits.blocks import BLOCKS, IN_VIEW
from integrations.workspace_double.limits.elements import ELEMENTS


def refusal(blocks: list[Any]) -> str | None:
    try:
        check_message(blocks)
    except SlackError as error:
        return error.error
    return None


def in_actions(element: b.BlockElement) -> dict[str, Any]:
    return {"type": "actions", "elements": [element.to_dict()]}


def texts(letters: int) -> str:
    return "x" * letters


def options(many: int) -> list[b.Option]:
    return [b.Option(text=f"o{n}", value=f"{n}") for n in range(many)]


def button(**more: Any) -> dict[str, Any]:
    return in_actions(b.ButtonElement(**({"text": "t", "action_id": "a"} | more)))


# name → (limit, block of that length made by the SDK's own class)
LENGTHS: dict[str, tuple[int, Callable[[int], dict[str, Any]]]] = {
    "section text": (3000, lambda n: b.SectionBlock(text=texts(n)).to_dict()),
    "section fields": (10, lambda n: b.SectionBlock(fields=["f"] * n).to_dict()),
    "section field text": (2000, lambda n: b.SectionBlock(fields=[texts(n)]).to_dict()),
    "header": (150, lambda n: b.HeaderBlock(text=texts(n)).to_dict()),
    "markdown": (12_000, lambda n: b.MarkdownBlock(text=texts(n)).to_dict()),
    "block_id": (255, lambda n: b.DividerBlock(block_id=texts(n)).to_dict()),
    "image alt text": (2000, lambda n: b.ImageBlock(alt_text=texts(n), image_url="https://a.example/b.png").to_dict()),
    "image url": (3000, lambda n: b.ImageBlock(alt_text="a", image_url="https:" + texts(n - 6)).to_dict()),
    "actions elements": (25, lambda n: b.ActionsBlock(elements=[b.ButtonElement(text="t", action_id=f"{i}") for i in range(n)]).to_dict()),
    "context elements": (10, lambda n: b.ContextBlock(elements=[b.MarkdownTextObject(text="t")] * n).to_dict()),
    "button text": (75, lambda n: button(text=texts(n))),
    "button value": (2000, lambda n: button(value=texts(n))),
    "button url": (3000, lambda n: button(url="https:" + texts(n - 6))),
    "action_id": (255, lambda n: button(action_id=texts(n))),
    "select options": (100, lambda n: in_actions(b.StaticSelectElement(action_id="a", options=options(n)))),
    "overflow options": (5, lambda n: in_actions(b.OverflowMenuElement(action_id="a", options=options(n)))),
    "option value": (150, lambda n: in_actions(b.StaticSelectElement(action_id="a", options=[b.Option(text="t", value=texts(n))]))),
    "option text": (75, lambda n: in_actions(b.StaticSelectElement(action_id="a", options=[b.Option(text=texts(n), value="v")]))),
    "placeholder": (150, lambda n: in_actions(b.StaticSelectElement(action_id="a", placeholder=texts(n), options=options(1)))),
    "confirm title": (100, lambda n: button(confirm=b.ConfirmObject(title=texts(n), text="t", confirm="y", deny="n"))),
    "confirm text": (300, lambda n: button(confirm=b.ConfirmObject(title="t", text=texts(n), confirm="y", deny="n"))),
    "confirm button": (30, lambda n: button(confirm=b.ConfirmObject(title="t", text="t", confirm=texts(n), deny="n"))),
    "card title": (150, lambda n: b.CardBlock(title=texts(n)).to_dict()),
    "card body": (200, lambda n: b.CardBlock(body=texts(n)).to_dict()),
    "carousel": (10, lambda n: b.CarouselBlock(elements=[b.CardBlock(title="t")] * n).to_dict()),
    "container": (10, lambda n: b.ContainerBlock(title="t", child_blocks=[b.DividerBlock()] * n).to_dict()),
    "table rows": (100, lambda n: b.TableBlock(rows=[[{"type": "raw_text", "text": "t"}]] * n).to_dict()),
    "table columns": (20, lambda n: b.TableBlock(rows=[[{"type": "raw_text", "text": "t"}] * n]).to_dict()),
    "icon buttons": (
        5,
        lambda n: b.ContextActionsBlock(elements=[b.IconButtonElement(icon="trash", text="t", action_id=f"{i}") for i in range(n)]).to_dict(),
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def unchecked(monkeypatch):
    """The SDK's classes, but without their own check: the workspace must see what is beyond the limit."""
    monkeypatch.setattr("slack_sdk.models.basic_objects.JsonObject.validate_json", lambda self: None)


@pytest.mark.parametrize("name", LENGTHS)
def test_a_limit_is_accepted_and_one_beyond_refused(name):
    limit, block = LENGTHS[name]
    assert refusal([block(limit)]) is None
    assert refusal([block(limit + 1)]) == "invalid_blocks"


@given(st.sampled_from(sorted(LENGTHS)), st.data())
def test_anything_within_a_limit_is_accepted_and_anything_beyond_refused(name, data):
    limit, block = LENGTHS[name]
    low = 6 if "url" in name else 1
    size = data.draw(st.integers(low, limit + 50))
    assert (refusal([block(size)]) is None) == (size <= limit)


@given(st.integers(1, 80))
def test_a_message_has_at_most_50_blocks(number):
    assert refusal([{"type": "divider"}] * number) == (None if number <= 50 else "invalid_blocks")


def test_markdown_counts_together_and_all_blocks_have_a_ceiling():
    assert refusal([{"type": "markdown", "text": "x" * 6000}] * 2) is None
    assert refusal([{"type": "markdown", "text": "x" * 6001}] * 2) == "invalid_blocks"
    assert refusal([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2640}}] * 5) is None
    assert refusal([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2641}}] * 5) == "msg_blocks_too_long"


def test_one_table_a_message():
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "t"}]]}
    assert refusal([table]) is None
    assert refusal([table, table]) == "only_one_table_allowed"


WRONG = {
    "unknown block": {"type": "sektion"},
    "no type": {"text": "x"},
    "not an object": "section",
    "unknown field": {"type": "divider", "text": "x"},
    "section without text": {"type": "section"},
    "empty text": {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
    "header in mrkdwn": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "unknown element": {"type": "actions", "elements": [{"type": "knob", "action_id": "a"}]},
    "no elements": {"type": "actions", "elements": []},
    "element that may not be there": {"type": "actions", "elements": [{"type": "plain_text_input", "action_id": "a"}]},
    "same action twice": {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "t"}}] * 2},
    "style": {"type": "actions", "elements": [{"type": "button", "style": "default", "text": {"type": "plain_text", "text": "t"}}]},
    "no options": {"type": "actions", "elements": [{"type": "static_select", "action_id": "a", "options": []}]},
    "initial option not offered": {
        "type": "actions",
        "elements": [
            {
                "type": "static_select",
                "action_id": "a",
                "options": [{"text": {"type": "plain_text", "text": "t"}, "value": "1"}],
                "initial_option": {"text": {"type": "plain_text", "text": "t"}, "value": "2"},
            }
        ],
    },
    "date": {"type": "actions", "elements": [{"type": "datepicker", "action_id": "a", "initial_date": "1 Mei"}]},
    "empty cell": {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
    "uneven data table": {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "a"}] * 2, [{"type": "raw_text", "text": "a"}]]},
    "rich text part": {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "teks", "text": "x"}]}]},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_slack_does_not_know_is_refused(name):
    assert refusal([WRONG[name]]) == "invalid_blocks"


def test_every_block_and_element_of_the_sdk_is_known():
    of_sdk = {
        c.type
        for c in vars(b).values()
        if isinstance(c, type) and issubclass(c, b.Block) and isinstance(getattr(c, "type", None), str)
    }
    assert of_sdk <= set(BLOCKS)
    elements = {
        c.type
        for c in vars(b).values()
        if isinstance(c, type) and issubclass(c, b.BlockElement) and isinstance(getattr(c, "type", None), str)
    }
    assert {e for e in elements if not e.startswith("rich_text_") or e == "rich_text_input"} <= set(ELEMENTS) | {
        "image"
    }


def view(**more: Any) -> dict[str, Any]:
    return View(type="modal", title="T", blocks=[b.DividerBlock()]).to_dict() | more


def view_refusal(given_view: dict[str, Any]) -> str | None:
    try:
        check_view(given_view)
    except SlackError as error:
        return error.error
    return None


plain = lambda n: {"type": "plain_text", "text": texts(n)}  # noqa: E731
VIEW_LENGTHS: dict[str, tuple[int, Callable[[int], dict[str, Any]]]] = {
    "title": (24, lambda n: view(title=plain(n))),
    "submit": (24, lambda n: view(submit=plain(n))),
    "close": (24, lambda n: view(close=plain(n))),
    "private_metadata": (3000, lambda n: view(private_metadata=texts(n))),
    "callback_id": (255, lambda n: view(callback_id=texts(n))),
    "blocks": (100, lambda n: view(blocks=[{"type": "divider"}] * n)),
}


@given(st.sampled_from(sorted(VIEW_LENGTHS)), st.data())
def test_a_view_within_its_limits_is_accepted_and_beyond_refused(name, data):
    limit, made = VIEW_LENGTHS[name]
    size = data.draw(st.one_of(st.integers(1, limit), st.just(limit), st.just(limit + 1)))
    assert (view_refusal(made(size)) is None) == (size <= limit)


def test_inputs_need_a_submit_button_and_ids_are_unique_in_a_view():
    entry = {"type": "input", "label": plain(1), "element": {"type": "plain_text_input", "action_id": "a"}}
    assert view_refusal(view(blocks=[entry])) == "invalid_arguments"
    assert view_refusal(view(blocks=[entry], submit=plain(2))) is None
    assert view_refusal(view(blocks=[entry, entry], submit=plain(2))) == "invalid_arguments"
    assert view_refusal(view(blocks=[{"type": "divider", "block_id": "b"}] * 2)) == "invalid_arguments"


def test_a_view_of_more_than_250_kb_is_too_large():
    big = [
        {"type": "section", "text": {"type": "plain_text", "text": texts(2900)}, "block_id": f"{n}"} for n in range(90)
    ]
    assert view_refusal(view(blocks=big)) == "view_too_large"


def test_home_has_no_title_and_no_messages_blocks():
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    assert view_refusal(home) is None
    assert view_refusal(home | {"title": plain(3)}) == "invalid_arguments"
    assert "markdown" not in IN_VIEW
    assert view_refusal(home | {"blocks": [{"type": "markdown", "text": "x"}]}) == "invalid_arguments"
