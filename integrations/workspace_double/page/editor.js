/** Editing one's own message in its place. */

import { act } from "./door.js";
import { h } from "./dom.js";
import { render, state } from "./state.js";
import { escaped, unescaped } from "./escaping.js";
import { t } from "./words.js";

export function editor(message) {
  const done = () => {
    state.editing = null;
    render();
    document.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`)?.focus();
  };
  const save = async () => {
    const text = escaped(area.value.trim());
    if (!text) return;
    const result = text === message.text ? { ok: true } : await act("edit", { channel: message.channel, ts: message.ts, text });
    if (result.ok) done();
  };
  const keys = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      done();
    }
  };
  const area = h("textarea", { class: "input", rows: 3, "aria-label": t("edit"), on: { keydown: keys } });
  area.value = unescaped(message.text);
  queueMicrotask(() => area.focus());
  return h("div", { class: "editor" }, area, h("div", { class: "actions" },
    h("button", { type: "button", class: "button", on: { click: done } }, t("cancel")),
    h("button", { type: "button", class: "button primary solid", on: { click: save } }, t("save"))));
}
