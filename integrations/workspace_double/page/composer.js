/** Where a person writes: text, files, commands, the app's global shortcuts. */

import { act } from "./door.js";
import { completion } from "./completion.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { escaped } from "./escaping.js";
import { base64, fileChip } from "./files.js";
import { openMenu } from "./menu.js";
import { openThread } from "./navigation.js";
import { channelOf, isBotTalk, messagesOf, nameOf, render, state } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const MOST_BYTES = 20 * 1024 * 1024;
const drafts = new Map();

/** Send what somebody wrote. A first message to the bot opens its thread as soon as the bot says something. */
export async function send(channel, thread, text) {
  const result = await act("post", { channel, text: escaped(text), ...(thread && { thread_ts: thread }) });
  const toBot = isBotTalk(channelOf(channel)) || escaped(text).includes(`<@${state.snapshot.bot.id}>`);
  if (result.ok && !thread && toBot && result.ts) state.awaiting = { channel, ts: result.ts };
  return result;
}

/** Open the thread of a message that somebody just sent to the bot, when the bot has answered there. */
export function followAwaited() {
  const { awaiting } = state;
  if (!awaiting || awaiting.channel !== state.channel || document.activeElement?.closest("#thread") || matchMedia("(max-width: 760px)").matches) return;
  const answered = messagesOf(awaiting.channel).some((one) => one.thread_ts === awaiting.ts && one.ts !== awaiting.ts);
  if (!answered && !state.snapshot.status?.[`${awaiting.channel}:${awaiting.ts}`]) return;
  openThread(awaiting.ts, false);
}

async function command(channel, text) {
  const [name, ...rest] = text.split(/\s/);
  if (!(state.snapshot.commands ?? []).some((one) => one.command === name)) {
    toast(t("unknown_command", { command: name }), "error");
    return { ok: false };
  }
  return act("command", { channel, command: name, text: rest.join(" ").trim() });
}

/** where() → {channel, thread}: what is open beside this composer. */
export function composer(where, inThread) {
  let files = [];
  let key = null;
  const area = h("textarea", { rows: 1, class: "composer-text", autocomplete: "off" });
  const list = completion(area, inThread);
  const chips = h("div", { class: "chips" });
  const hint = h("p", { class: "composer-hint faint" });
  const picker = h("input", { type: "file", multiple: true, hidden: true, on: { change: () => take(picker.files) } });
  const sendButton = iconButton("send", t("send"), () => submit(), { class: "tool send" });
  const attach = iconButton("clip", t("attach"), () => picker.click());
  const shortcuts = iconButton("bolt", t("shortcuts"), () => openShortcuts(), { "aria-haspopup": "menu" });
  const node = h("div", { class: "composer" }, list.node, h("div", { class: "composer-box" }, chips, area, h("div", { class: "composer-tools" }, attach, shortcuts, hint, sendButton)), picker);

  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
    const typed = (state.snapshot?.commands ?? []).find((one) => area.value.startsWith(`${one.command} `) || area.value === one.command);
    hint.textContent = typed && !inThread ? `${typed.command} ${typed.usage_hint ?? ""}` : "";
    sendButton.disabled = !area.value.trim() && !files.length;
  };
  const show = () => {
    fill(chips, files.map((file) => fileChip(file, () => {
      files = files.filter((one) => one !== file);
      show();
    })));
    grow();
  };
  const take = (chosen) => {
    for (const file of chosen) {
      if (file.size > MOST_BYTES) toast(t("error_file_too_large"), "error");
      else files.push(file);
    }
    picker.value = "";
    show();
    area.focus();
  };
  const upload = async ({ channel, thread }, text) => {
    const waiting = files;
    for (const [number, file] of waiting.entries()) {
      const result = await act("upload", { channel, name: file.name, data: await base64(file), text: number === 0 ? escaped(text) : "", ...(thread && { thread_ts: thread }) });
      if (!result.ok) return result;
    }
    return { ok: true };
  };
  const deliver = (place, text) => {
    if (files.length) return upload(place, text);
    if (!text.startsWith("/") || /^\/[^\s]*\//.test(text)) return send(place.channel, place.thread, text);
    if (!inThread) return command(place.channel, text);
    toast(t("command_in_thread"), "error");
    return { ok: false };
  };
  const submit = async () => {
    const text = area.value.trim();
    if ((!text && !files.length) || node.getAttribute("aria-busy") === "true") return;
    const kept = { value: area.value, files };
    node.setAttribute("aria-busy", "true");
    const sending = deliver(where(), text);
    area.value = "";
    grow();
    const result = await sending;
    node.removeAttribute("aria-busy");
    if (result.ok) files = [];
    else area.value = kept.value;
    drafts.delete(key);
    show();
    area.focus();
    render();
  };
  const openShortcuts = () => {
    const all = (state.snapshot.shortcuts ?? []).filter((one) => one.type === "global" || one.type === "shortcut");
    const entries = all.map((one) => ({ label: one.name, hint: one.description, icon: "bolt", run: () => act("shortcut", { callback_id: one.callback_id }) }));
    openMenu(shortcuts, t("shortcuts"), [{ heading: all.length ? nameOf(state.snapshot.bot.id) : t("no_shortcuts") }, ...entries]);
  };

  area.addEventListener("input", grow);
  area.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  area.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });

  /** Words of the place one writes to, and the draft that was left there. */
  const update = (label) => {
    const { channel, thread } = where();
    area.placeholder = label;
    area.setAttribute("aria-label", label);
    for (const [button, word] of [[sendButton, "send"], [attach, "attach"], [shortcuts, "shortcuts"]]) {
      button.title = t(word);
      button.setAttribute("aria-label", t(word));
    }
    const next = `${state.me}|${channel}|${thread ?? ""}`;
    if (next === key) return;
    if (key !== null) drafts.set(key, area.value);
    key = next;
    area.value = drafts.get(key) ?? "";
    files = [];
    show();
  };
  return { node, update, take };
}

/** Let files be dropped on a part of the page. */
export function dropZone(node, take) {
  const veil = h("div", { class: "veil", hidden: true }, icon("clip"), h("span"));
  node.append(veil);
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const set = (shown) => {
    veil.hidden = !shown;
    veil.lastChild.textContent = t("drop_here");
  };
  node.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    set(true);
  });
  node.addEventListener("dragleave", (event) => !node.contains(event.relatedTarget) && set(false));
  node.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    set(false);
    take(event.dataTransfer.files);
  });
}
