/** One message: who, when, its content in slots that change by themselves, and what can be done with it. */

import { act } from "./door.js";
import { add, fill, h, icon, iconButton, slot } from "./dom.js";
import { editor } from "./editor.js";
import { fileCard } from "./files.js";
import { messageMenu, reactionPicker } from "./message_menu.js";
import { openThread } from "./navigation.js";
import { avatar, badge } from "./people.js";
import { authorOf, isRoot, messagesOf, nameOf, state, surroundings } from "./state.js";
import { statusLine } from "./status.js";
import { emoji } from "./text/inline.js";
import { markdown } from "./text/markdown.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { clock, fullTime, t } from "./words.js";
import { threadIsUnread } from "./unread.js";
import { blockNodes, placeOf } from "./blocks/blocks.js";
import { plan, timeline } from "./blocks/agent.js";

/** The soft caret stands where the next word will come: at the end of the last line of text. */
function withCaret(nodes) {
  const caret = h("span", { class: "caret", "aria-hidden": "true" });
  let last = nodes.at(-1);
  if (!last) return [h("p", {}, caret)];
  while (last.lastElementChild && last.lastElementChild === last.lastChild && !/^(A|CODE|STRONG|EM|S|SPAN|BUTTON)$/.test(last.lastElementChild.tagName)) last = last.lastElementChild;
  last.append(caret);
  return nodes;
}

function words(message) {
  const place = placeOf({ channel: message.channel ?? state.channel, ts: message.ts });
  const streamed = message.stream_text ? markdown(message.stream_text) : [];
  if (message.streaming) return h("div", { class: "flow" }, withCaret(streamed));
  const typed = !message.bot_id && message.text; // a person's rich_text block says the same as the text
  const blocks = typed ? [] : blockNodes(message.blocks ?? [], place);
  const text = !streamed.length && !blocks.length && message.text ? mrkdwn(message.text) : [];
  const flow = [...streamed, ...text];
  const edited = message.edited && h("small", { class: "faint edited", text: t("edited") });
  const joins = edited && flow.at(-1)?.tagName === "P";
  if (joins) add(flow.at(-1), " ", edited);
  return [flow.length > 0 && h("div", { class: "flow" }, flow), blocks, !joins && edited];
}

function steps(message) {
  const tasks = message.tasks ?? [];
  if (!tasks.length) return null;
  const title = message.plan?.title ?? message.plan;
  const inside = title ? plan({ title, tasks }) : timeline(tasks);
  if (message.streaming) return inside;
  return h("details", { class: "steps" }, h("summary", { text: tasks.length === 1 ? t("step_one") : t("steps", { count: tasks.length }) }), inside);
}

function reactions(message) {
  const react = (name) => act("react", { channel: message.channel, ts: message.ts, name });
  return (message.reactions ?? []).filter((one) => one.users.length).map((one) =>
    h("button", {
      type: "button",
      class: "reaction",
      "aria-pressed": String(one.users.includes(state.me)),
      title: t("reacted", { names: one.users.map(nameOf).join(", "), emoji: `:${one.name}:` }),
      on: { click: () => react(one.name) },
    }, emoji(one.name), h("span", { text: one.users.length })));
}

function threadLink(message, replies) {
  if (!replies.length) return null;
  const people = [...new Set(replies.map(authorOf))].slice(0, 4);
  const count = replies.length === 1 ? t("replies_one") : t("replies", { count: replies.length });
  const dot = threadIsUnread(message.channel, message.ts) && h("span", { class: "dot", role: "img", "aria-label": t("unread") });
  return h("button", { type: "button", class: "thread-link", on: { click: () => openThread(message.ts) } },
    people.map((id) => avatar(id, "tiny")), h("span", { class: "thread-count", text: count }), h("small", { class: "faint", text: t("last_reply", { time: clock(replies.at(-1).ts) }) }), dot);
}

function tools(message, inThread) {
  const open = (event, show) => show(event.currentTarget, message, inThread);
  return [
    iconButton("smile", t("react"), (event) => open(event, reactionPicker), { "aria-haspopup": "menu" }),
    !inThread && iconButton("reply", t("reply_in_thread"), () => openThread(message.thread_ts ?? message.ts)),
    iconButton("more", t("more"), (event) => open(event, messageMenu), { "aria-haspopup": "menu" }),
  ];
}

const repliesOf = (message) => messagesOf(message.channel).filter((one) => one.thread_ts === message.ts && !isRoot(one) && !one.deleted);

/** Bring a message's node up to date: only the slots whose content changed are drawn again. */
export function updateMessage(node, message, { inThread, joined }) {
  const around = surroundings();
  const editing = state.editing === message.ts;
  const replies = inThread ? [] : repliesOf(message);
  const parts = node.parts;
  node.classList.toggle("joined", joined);
  node.classList.toggle("ephemeral", Boolean(message.ephemeral_to));
  const whole = JSON.stringify([message, around, joined]);
  if (node.whole !== whole) {
    node.whole = whole;
    const { ts, text, blocks, stream_text, streaming, tasks, deleted } = message;
    slot(parts.head, JSON.stringify([around, message.user, message.bot_id]), () => {
      const author = authorOf(message);
      return [h("span", { class: "author", text: nameOf(author) }), badge(author), h("time", { class: "faint", title: fullTime(ts), text: clock(ts) })];
    });
    slot(parts.side, JSON.stringify([around, message.user, joined]), () => (joined ? h("time", { class: "faint", "aria-hidden": "true", text: clock(ts) }) : avatar(authorOf(message))));
    slot(parts.only, JSON.stringify([around, message.ephemeral_to]), () => message.ephemeral_to && [icon("eye"), t("only_you")]);
    slot(parts.steps, JSON.stringify([around, tasks, message.plan, streaming]), () => steps(message));
    slot(parts.files, JSON.stringify([around, message.files]), () => (message.files ?? []).map(fileCard));
    slot(parts.reactions, JSON.stringify([around, message.reactions]), () => reactions(message));
    slot(parts.stop, JSON.stringify([around, streaming]), () =>
      streaming && h("button", { type: "button", class: "button small stop", on: { click: () => act("stop", { channel: message.channel, ts }) } }, icon("stop"), t("stop")));
    slot(parts.tools, JSON.stringify([around, deleted, message.ephemeral_to]), () => (deleted || message.ephemeral_to ? [] : tools(message, inThread)));
    if (deleted) slot(parts.words, "deleted", () => h("p", { class: "faint", text: t("deleted") }));
    else if (!editing) slot(parts.words, JSON.stringify([around, text, blocks, stream_text, streaming, message.edited]), () => words(message));
  }
  if (editing && !node.editing) fill(parts.words, editor(message));
  if (!editing && node.editing) {
    parts.words.print = "edited";
    slot(parts.words, JSON.stringify([around, message.text, message.blocks, message.stream_text, message.streaming, message.edited]), () => words(message));
  }
  node.editing = editing;
  slot(parts.thread, JSON.stringify([around, replies.map((one) => one.ts), threadIsUnread(message.channel, message.ts)]), () => threadLink(message, replies));
  if (!inThread) statusLine(parts.status, message.channel, message.ts);
}

export function messageNode(message, where) {
  const part = (name, tag = "div") => h(tag, { class: `message-${name}` });
  const parts = { side: part("side"), head: part("head"), only: part("only"), steps: part("steps"), words: part("words"), files: part("files"), reactions: part("reactions"), stop: part("stop"), thread: part("thread"), status: part("status"), tools: part("tools") };
  const node = h("article", { class: "message", tabindex: -1, data: { ts: message.ts } },
    parts.side,
    h("div", { class: "message-body" }, parts.only, parts.head, parts.steps, parts.words, parts.files, parts.reactions, parts.stop, parts.status, parts.thread),
    parts.tools);
  parts.tools.setAttribute("role", "toolbar");
  node.parts = parts;
  updateMessage(node, message, where);
  return node;
}
