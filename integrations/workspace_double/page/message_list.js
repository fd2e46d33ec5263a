/** A scrolling list of messages: day lines, messages of one person joined, the newest in sight. */

import { h, icon, sync } from "./dom.js";
import { messageNode, updateMessage } from "./message.js";
import { authorOf, nameOf, state } from "./state.js";
import { announce } from "./toasts.js";
import { plainText } from "./text/mrkdwn.js";
import { day, dayKey, t } from "./words.js";

const JOIN_SECONDS = 300;
const NEAR = 90; // pixels from the end that still count as reading the newest

function joins(message, before) {
  if (!before || before.deleted || message.ephemeral_to || before.ephemeral_to) return false;
  return authorOf(message) === authorOf(before) && dayKey(message.ts) === dayKey(before.ts) && Number(message.ts) - Number(before.ts) < JOIN_SECONDS;
}

function entries(messages, inThread) {
  const found = [];
  messages.forEach((message, number) => {
    const before = messages[number - 1];
    if (!inThread && (!before || dayKey(before.ts) !== dayKey(message.ts))) {
      const words = day(message.ts);
      found.push({ key: `day-${words}`, make: () => h("div", { class: "day", role: "separator", "aria-label": words }, h("span", { text: words })) });
    }
    const where = { inThread, joined: number > 0 && joins(message, before) };
    found.push({ key: message.ts, make: () => messageNode(message, where), update: (node) => updateMessage(node, message, where) });
  });
  return found;
}

/** Arrow keys walk from message to message. */
function walk(event, list) {
  const now = event.target.closest?.(".message");
  if (!now || event.target.matches("input, textarea, select") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const all = [...list.querySelectorAll(".message")];
  const next = all[all.indexOf(now) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function messageList(inThread) {
  const list = h("div", { class: "messages", role: "log", "aria-live": "off", tabindex: -1 });
  const below = h("button", { type: "button", class: "below", hidden: true, on: { click: () => toEnd() } });
  const frame = h("div", { class: "messages-frame" }, list, below);
  let shown = null;
  let told = new Map();
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    below.hidden = true;
  };
  list.addEventListener("scroll", () => {
    if (atEnd()) below.hidden = true;
  });
  list.addEventListener("keydown", (event) => walk(event, list));
  new ResizeObserver(() => list.staying && toEnd()).observe(list);

  const tell = (messages, fresh) => {
    for (const message of messages) {
      const open = message.streaming ? "open" : "done";
      if (!fresh && authorOf(message) !== state.me && open === "done" && told.get(message.ts) !== "done") {
        const words = plainText(message.stream_text || message.text || "").slice(0, 200);
        announce(`${nameOf(authorOf(message))}: ${words}`);
      }
    }
    told = new Map(messages.map((message) => [message.ts, message.streaming ? "open" : "done"]));
  };

  const update = (key, messages) => {
    const fresh = key !== shown;
    const stay = fresh || atEnd();
    const own = messages.length > 0 && authorOf(messages.at(-1)) === state.me && !told.has(messages.at(-1).ts);
    const grown = messages.some((one) => !told.has(one.ts));
    if (fresh) {
      sync(list, []);
      list.replaceChildren();
    }
    tell(messages, fresh);
    sync(list, entries(messages, inThread));
    list.lastElementChild?.setAttribute("tabindex", "0");
    for (const node of list.querySelectorAll('.message[tabindex="0"]')) if (node !== list.lastElementChild) node.setAttribute("tabindex", "-1");
    if (stay || own) toEnd();
    else if (grown) below.hidden = false;
    below.replaceChildren(icon("down"), t("new_messages"));
    list.staying = stay || own;
    shown = key;
  };
  list.addEventListener("scroll", () => (list.staying = atEnd()));
  return { frame, list, update };
}
