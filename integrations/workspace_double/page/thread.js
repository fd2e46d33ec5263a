/** Right: the open thread. */

import { composer, dropZone } from "./composer.js";
import { fill, h, iconButton, slot } from "./dom.js";
import { messageList } from "./message_list.js";
import { closeThread } from "./navigation.js";
import { channelOf, channelTitle, messagesOf, state } from "./state.js";
import { statusLine } from "./status.js";
import { t } from "./words.js";

export function thread(node) {
  const place = h("div", { class: "pane-title" });
  const back = iconButton("back", t("back"), closeThread, { class: "tool only-narrow" });
  const close = iconButton("close", t("close"), closeThread, { class: "tool only-wide" });
  const { frame, list, update } = messageList(true);
  const status = h("div", { class: "thread-status" });
  const writing = composer(() => ({ channel: state.channel, thread: state.thread }), true);
  fill(node, h("header", { class: "pane-head" }, back, place, close), frame, status, writing.node);
  dropZone(node, writing.take);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });

  return () => {
    const channel = channelOf(state.channel);
    node.hidden = !state.thread || !channel || state.tab === "home";
    if (node.hidden) return;
    node.setAttribute("aria-label", t("thread"));
    for (const [button, word] of [[back, "back"], [close, "close"]]) button.setAttribute("aria-label", t(word));
    slot(place, JSON.stringify([document.documentElement.lang, channel.id, channelTitle(channel)]), () => [h("h2", { text: t("thread") }), h("span", { class: "faint", text: `${channel.is_im ? "" : "#"}${channelTitle(channel)}` })]);
    const messages = messagesOf(channel.id).filter((one) => (one.ts === state.thread || one.thread_ts === state.thread) && (!one.deleted || one.ts === state.thread));
    list.setAttribute("aria-label", t("thread"));
    statusLine(status, channel.id, state.thread);
    writing.update(t("write_reply"));
    update(`${state.me}|${channel.id}|${state.thread}|${document.documentElement.lang}`, messages);
  };
}
