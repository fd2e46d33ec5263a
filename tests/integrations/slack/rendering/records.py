"""Proposals of every kind, as the tests of cards and modals use them."""

from datetime import UTC, datetime

from assistant.proposals.payload import FIELDS, sha_of
from assistant.proposals.tables import Proposal

VALUES = {
    "customer": "PT Angin Ribut", "person": "Bu Kertapati", "service": "Cadangan Data", "on": "2026-11-20", "text": "Laporan bulanan terlambat lagi",
    "sentiment": "negative", "servqual_dimension": "reliability", "party": "provider", "owner": "Dewi", "due": "2026-12-05", "amount": "1250000.50",
    "currency": "IDR", "level": "high", "field": "phone", "value": "+62 812 000", "replaces": None,
}  # fmt: skip
NOW = datetime(2026, 11, 21, 7, 32, tzinfo=UTC)


def proposal(kind: str = "complaint", **values: object) -> Proposal:
    payload = {name: VALUES[name] for name in FIELDS[kind]} | {
        "customer_id": 4,
        "person_id": None,
        "replaces_id": None,
        "words": "kata-katanya",
    }
    payload |= values
    return Proposal(
        id="prop_1f", account="dewi", kind=kind, payload=payload, payload_sha=sha_of(kind, payload), revision=2, words=str(payload["words"]), customer_id=4,
        created_at=NOW, expires_at=datetime(2026, 11, 28, 7, 32, tzinfo=UTC), source={"author": "Dewi"},
    )  # fmt: skip


def submitted(view: dict) -> dict:
    """The view as Slack sends it back when nothing was touched."""
    values: dict = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state = {"type": element["type"]}
            if element["type"] in ("static_select", "radio_buttons"):
                state["selected_option"] = element.get("initial_option")
            elif element["type"] == "datepicker":
                state["selected_date"] = element.get("initial_date")
            else:
                state["value"] = element.get("initial_value")
            values[block["block_id"]] = {element["action_id"]: state}
    return view | {"state": {"values": values}}


def typed(view: dict, name: str, value: str | None) -> dict:
    """The same with one field changed."""
    state = next(iter(view["state"]["values"][name].values()))
    if state["type"] in ("static_select", "radio_buttons"):
        state["selected_option"] = (
            {"text": {"type": "plain_text", "text": "x"}, "value": value} if value is not None else None
        )
    elif state["type"] == "datepicker":
        state["selected_date"] = value
    else:
        state["value"] = value
    return view
