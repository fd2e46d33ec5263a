"""What a person does with what the app shows: clicks, fills in, submits and closes modals."""

from typing import Any

from integrations.workspace_double import forms, payloads
from integrations.workspace_double.calling import Calling
from integrations.workspace_double.errors import AckRefused, NotPossible, SlackError
from integrations.workspace_double.limits import check_view
from integrations.workspace_double.limits.views import elements_in
from integrations.workspace_double.methods.views import close_all, push_view, replace_view
from integrations.workspace_double.state import Json, Message, View
from integrations.workspace_double.wire import view_json
from integrations.workspace_double.words import word

BUTTONS = ("button", "icon_button", "workflow_button")


class Interacting(Calling):
    def click(
        self,
        user: str,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        value: Any = None,
        selected: Any = None,
        block_id: str | None = None,
        state: dict[str, dict[str, Json]] | None = None,
    ) -> str:
        """Clicks a button or chooses in a menu, in a message (channel, ts; the newest that has it) or a view; the envelope's id.

        `value` (or block_id) tells buttons of one action_id apart ("positive" or "negative" for feedback); `selected` is what
        is chosen; `state`: what stands in the other inputs, as in state.values.
        """
        with self.state.lock:
            if not self.state.manifest.interactive:
                raise NotPossible("the app's interactivity is off")
            where = (
                self._message_with(user, action_id, channel, ts) if channel else self.view_of(user, view_id, action_id)
            )
            blocks = where.blocks if isinstance(where, Message) else where.content["blocks"]
            if isinstance(where, Message) and not where.values:
                where.values = forms.initial_values({"blocks": blocks})
            self._keep(where, state)
            block, element = self._element(blocks, user, action_id, value, block_id)
            action = self._action(block, element, where, value, selected)
            payload = payloads.base(self.state, "block_actions", user) | {"actions": [action]}
            if isinstance(where, Message):
                payload |= payloads.clicked_message(self.state, user, where)
            else:
                payload |= {"container": {"type": "view", "view_id": where.id}, "view": view_json(where)}
        return self.delivery.post("interactive", payload)

    def _message_with(self, user: str, action_id: str, channel: str, ts: str | None) -> Message:
        self.member(user, channel)
        if ts:
            return self.seen(user, channel, ts)
        for message in reversed(self.state.in_channel(channel)):
            visible = not message.deleted and message.ephemeral_to in (None, user)
            if visible and any(e.get("action_id") == action_id for b in message.blocks for e in elements_in(b)):
                return message
        raise NotPossible(f"no message in {channel} has {action_id!r}")

    def view_of(self, user: str, view_id: str | None = None, action_id: str | None = None) -> View:
        """The view with this id, else the topmost modal, else (for a click) the Home tab."""
        if view_id:
            found = self.state.views.get(view_id) or next(
                (h for h in self.state.homes.values() if h.id == view_id), None
            )
            if found is None or found.user != user:
                raise NotPossible(f"{user} has no view {view_id}")
            return found
        stack = self.state.stacks.get(user) or []
        if stack:
            return self.state.views[stack[-1]]
        if action_id and user in self.state.homes:
            return self.state.homes[user]
        raise NotPossible(f"{user} has no modal open")

    @staticmethod
    def _element(blocks: list[Json], user: str, action_id: str, value: Any, block_id: str | None) -> tuple[Json, Json]:
        forms.find(blocks, action_id)
        found = [(b, e) for b in blocks for e in elements_in(b) if e.get("action_id") == action_id]
        found = [(b, e) for b, e in found if block_id in (None, b["block_id"])]
        found = [(b, e) for b, e in found if user in (e.get("visible_to_user_ids") or [user])]
        if value is not None:
            found = [(b, e) for b, e in found if e["type"] not in BUTTONS or e.get("value") == value]
        if not found:
            raise NotPossible(f"{user} sees no {action_id!r} with the value {value!r}")
        if len(found) > 1:
            raise NotPossible(f"{len(found)} elements have the action_id {action_id!r}: tell them apart by value")
        return found[0]

    @staticmethod
    def _keep(where: Message | View, state: dict[str, dict[str, Json]] | None) -> None:
        for block_id, actions in (state or {}).items():
            for action_id, entered in actions.items():
                known = where.values.get(block_id, {}).get(action_id)
                if known is not None and known["type"] == entered.get("type"):
                    empty: list[Any] | None = [] if known["type"] in forms.MANY else None
                    where.values[block_id][action_id] = {k: empty if v in (None, "") else v for k, v in entered.items()}

    def _action(self, block: Json, element: Json, where: Message | View, value: Any, selected: Any) -> Json:
        kind = element["type"]
        action: Json = {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "type": kind,
            "action_ts": self.state.clock.stamp(),
        }
        if kind in BUTTONS:
            return action | {k: element[k] for k in ("text", "value", "style", "url") if k in element}
        if kind == "feedback_buttons":
            sides = [element["positive_button"], element["negative_button"]]
            wanted = {"positive": sides[0]["value"], "negative": sides[1]["value"]}.get(value, value)
            side = next((s for s in sides if s["value"] == wanted), None)
            if side is None:
                raise NotPossible(f"feedback is {sides[0]['value']!r} or {sides[1]['value']!r}")
            return action | {"text": side["text"], "value": side["value"]}
        chosen = selected if selected is not None else value
        if kind == "overflow":
            return action | {"selected_option": forms.option_of(element, chosen)}
        entered = self._entered(element, chosen)
        where.values.setdefault(block["block_id"], {})[element["action_id"]] = entered
        self.state.changed()
        return action | {k: v for k, v in entered.items() if k != "type"}

    def _entered(self, element: Json, value: Any) -> Json:
        if "external" in element["type"] and isinstance(value, dict):
            many = element["type"].startswith("multi")
            return {"type": element["type"], **({"selected_options": [value]} if many else {"selected_option": value})}
        return forms.entered(element, value)

    def suggest(self, user: str, action_id: str, typed: str = "", view_id: str | None = None) -> list[Json]:
        """Types into an external select of a view: the options that the app offers."""
        with self.state.lock:
            view = self.view_of(user, view_id, action_id)
            block, _ = forms.find(view.content["blocks"], action_id)
            payload = payloads.base(self.state, "block_suggestion", user)
            payload |= {"action_id": action_id, "block_id": block["block_id"], "value": typed, "view": view_json(view)}
            payload["container"] = {"type": "view", "view_id": view.id}
        answer = self.answer_to(self.delivery.post("interactive", payload)) or {}
        return list(answer.get("options") or [o for g in answer.get("option_groups", []) for o in g["options"]])

    def fill(self, user: str, values: dict[str, Any], view_id: str | None = None) -> None:
        """Enters values (by action_id, or the block_id of an input) into a modal without submitting it."""
        with self.state.lock:
            view = self.view_of(user, view_id)
            by_block = {
                b["block_id"]: b["element"]["action_id"] for b in view.content["blocks"] if b["type"] == "input"
            }
            for name, value in values.items():
                block, element = forms.find(view.content["blocks"], by_block.get(name, name))
                view.values.setdefault(block["block_id"], {})[element["action_id"]] = self._entered(element, value)
            self.state.changed()

    def submit(
        self,
        user: str,
        view_id: str | None = None,
        values: dict[str, Any] | None = None,
        state: dict[str, dict[str, Json]] | None = None,
    ) -> Json:
        """Fills in and submits a modal: what the app answered ({} closes it). Slack's own client refuses empty required fields.

        `values` by action_id (or an input's block_id); inputs not given keep what stands in them. `state`: as in state.values.
        """
        with self.state.lock:
            view = self.view_of(user, view_id)
            if not view.content.get("submit") or view.content["type"] != "modal":
                raise NotPossible("this view has no submit button")
            if state is None:
                self.fill(user, values or {}, view.id)
            else:
                self._keep(view, state)
            wrong = forms.complaints(view.content, view.values, self.state.user(user))
            if wrong:
                return {"response_action": "errors", "errors": wrong}
            payload = payloads.base(self.state, "view_submission", user) | {
                "view": view_json(view),
                "response_urls": [],
            }
        try:
            answer = self.answer_to(self.delivery.post("interactive", payload)) or {}
        except TimeoutError as error:
            raise TimeoutError(word("no_connection", self.state.user(user))) from error
        with self.state.lock:
            self._apply(user, view, answer)
        return dict(answer)

    def _apply(self, user: str, view: View, answer: Json) -> None:
        action = answer.get("response_action")
        if action is None or action == "clear":
            self._shut(user, view, everything=action == "clear")
        elif action == "errors":
            inputs = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
            strange = set(answer.get("errors") or {"": ""}) - inputs
            if strange:
                raise AckRefused(f"errors for blocks that are no inputs of the view: {sorted(strange)}")
        elif action in ("update", "push"):
            try:
                content = check_view(answer.get("view"))
                if action == "push":
                    push_view(self.state, user, content)
                else:
                    replace_view(self.state, view, content)
            except SlackError as error:
                raise AckRefused(str(error.answer())) from error
        else:
            raise AckRefused(f"unknown response_action {action}")

    def _shut(self, user: str, view: View, *, everything: bool) -> None:
        if everything:
            close_all(self.state, user)
        elif view.id in self.state.stacks.get(user, []):
            self.state.stacks[user].remove(view.id)
            self.state.views.pop(view.id, None)
            self.state.changed()

    def close(self, user: str, view_id: str | None = None) -> str | None:
        """Closes a modal; the envelope's id if the app wants to know (notify_on_close)."""
        with self.state.lock:
            view = self.view_of(user, view_id)
            everything = bool(view.content.get("clear_on_close"))
            payload = payloads.base(self.state, "view_closed", user) | {
                "view": view_json(view),
                "is_cleared": everything,
            }
            payload.pop("trigger_id")
            self._shut(user, view, everything=everything)
        return self.delivery.post("interactive", payload) if view.content.get("notify_on_close") else None
