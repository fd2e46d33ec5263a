/** Where the acting person is looking, kept in the address, so that Back, Reload and a copied address work. */

import { act } from "./door.js";
import { channelOf, isBotTalk, messagesOf, render, state } from "./state.js";

function remember(replace) {
  const parts = new URLSearchParams({ as: state.me ?? "", in: state.channel ?? "" });
  if (state.tab === "home") parts.set("tab", "home");
  if (state.thread) parts.set("thread", state.thread);
  if (state.pane !== "list") parts.set("pane", state.pane);
  const address = `#${parts}`;
  if (address === location.hash) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/** Take the place from the address. */
export function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.me = parts.get("as") || state.me;
  state.channel = parts.get("in") || state.channel;
  state.tab = parts.get("tab") === "home" ? "home" : "messages";
  state.thread = parts.get("thread");
  state.pane = parts.get("pane") ?? "list";
}

/** See to it that the place exists for this person; else the first channel where something was said, else the bot. */
export function settle() {
  const { channels } = state.snapshot;
  if (!channelOf(state.channel)) {
    const start = channels.find((one) => messagesOf(one.id).length) ?? channels.find(isBotTalk) ?? channels[0];
    Object.assign(state, { channel: start?.id ?? null, tab: "messages", thread: null });
    if (state.pane === "thread") state.pane = "talk";
    tellBot();
  }
  if (!isBotTalk(channelOf(state.channel))) state.tab = "messages";
  if (state.thread && !messagesOf(state.channel).some((one) => one.ts === state.thread)) state.thread = null;
  remember(true);
}

function tellBot() {
  if (isBotTalk(channelOf(state.channel))) act("open_home", { tab: state.tab });
}

export function openChannel(channel, tab = "messages") {
  Object.assign(state, { channel, tab, thread: null, pane: "talk", editing: null, awaiting: null });
  remember();
  render();
  tellBot();
}

export function openTab(tab) {
  Object.assign(state, { tab, thread: null, pane: "talk" });
  remember();
  render();
  tellBot();
}

/** Open a thread; `writing`: the person wants to write in it (on a phone that would bring the keyboard up over it). */
export function openThread(ts, writing = true) {
  Object.assign(state, { thread: ts, pane: "thread", awaiting: null });
  remember();
  render();
  if (writing && matchMedia("(hover: hover)").matches) document.querySelector("#thread textarea")?.focus();
}

export function closeThread() {
  const ts = state.thread;
  Object.assign(state, { thread: null, pane: "talk" });
  remember();
  render();
  document.querySelector(`#talk [data-ts="${CSS.escape(ts ?? "")}"]`)?.focus();
}

export function openList() {
  state.pane = "list";
  remember();
  render();
}

/** Open a message of the workspace and point at it. */
export function openPlace(channel, ts, thread) {
  const found = ts && messagesOf(channel).find((one) => one.ts === ts);
  const root = thread ?? found?.thread_ts;
  openChannel(channel);
  if (root) openThread(root, false);
  const node = ts && document.querySelector(`${root ? "#thread" : "#talk"} [data-ts="${CSS.escape(ts)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("pointed");
  node.addEventListener("animationend", () => node.classList.remove("pointed"), { once: true });
}
