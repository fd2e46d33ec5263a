/** What can be done with a message: reactions, the app's message shortcuts, editing, deleting. */

import { ask } from "./ask.js";
import { act } from "./door.js";
import { h } from "./dom.js";
import { openMenu, openPanel } from "./menu.js";
import { openThread } from "./navigation.js";
import { authorOf, nameOf, render, state } from "./state.js";
import { emoji } from "./text/inline.js";
import { t } from "./words.js";

const USUAL = ["+1", "-1", "heart", "tada", "eyes", "white_check_mark", "pray", "clap", "raised_hands", "thinking_face", "joy", "rocket", "bulb", "warning", "x", "100"];

export function reactionPicker(anchor, message) {
  let close = () => {};
  const choose = (name) => {
    close();
    act("react", { channel: message.channel, ts: message.ts, name });
  };
  const panel = h("div", { class: "menu emoji-grid", role: "menu", "aria-label": t("react") },
    USUAL.map((name) => h("button", { type: "button", role: "menuitem", "aria-label": `:${name}:`, on: { click: () => choose(name) } }, emoji(name))));
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    const buttons = [...panel.children];
    const next = step && buttons[buttons.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  close = openPanel(anchor, panel);
  panel.firstChild.focus();
}

async function remove(message) {
  if (await ask({ title: t("delete_title"), text: t("delete_text"), confirm: t("delete"), danger: true })) await act("delete", { channel: message.channel, ts: message.ts });
}

export function messageMenu(anchor, message, inThread) {
  const own = authorOf(message) === state.me;
  const shortcuts = (state.snapshot.shortcuts ?? []).filter((one) => one.type === "message" || one.type === "message_action");
  const edit = () => {
    state.editing = message.ts;
    render();
  };
  openMenu(anchor, t("more"), [
    { label: t("react"), icon: "smile", run: () => reactionPicker(anchor, message) },
    !inThread && { label: t("reply_in_thread"), icon: "reply", run: () => openThread(message.thread_ts ?? message.ts) },
    shortcuts.length > 0 && { heading: nameOf(state.snapshot.bot.id) },
    ...shortcuts.map((one) => ({
      label: one.name,
      hint: one.description,
      icon: "bolt",
      run: () => act("shortcut", { callback_id: one.callback_id, channel: message.channel, ts: message.ts }),
    })),
    own && { heading: t("messages") },
    own && { label: t("edit"), icon: "edit", run: edit },
    own && { label: t("delete"), icon: "trash", danger: true, run: () => remove(message) },
  ]);
}
