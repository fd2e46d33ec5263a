/** Elements that choose: selects of options, people, channels; radio buttons and checkboxes. */

import { add, fill, h, icon } from "../dom.js";
import { openPanel } from "../menu.js";
import { channelTitle, nameOf, state } from "../state.js";
import { t } from "../words.js";
import { inline } from "../text/mrkdwn.js";
import { press } from "./press.js";
import { words } from "./text.js";

/** Entries {key, label, hint, group, value} that a select offers; value as Slack's state has it. */
function entriesOf(element) {
  const kind = element.type.replace("multi_", "");
  const option = (group) => (one) => ({ key: one.value, label: words(one.text), hint: words(one.description), group, value: one });
  if (kind === "users_select") return state.snapshot.users.filter((one) => !one.is_bot).map((one) => ({ key: one.id, label: nameOf(one.id), value: one.id }));
  if (kind === "channels_select" || kind === "conversations_select") {
    const wanted = state.snapshot.channels.filter((one) => kind === "conversations_select" || !one.is_im);
    return wanted.map((one) => ({ key: one.id, label: `${one.is_im ? "" : "#"}${channelTitle(one)}`, value: one.id }));
  }
  return [
    ...(element.options ?? []).map(option()),
    ...(element.option_groups ?? []).flatMap((group) => group.options.map(option(words(group.label)))),
  ];
}

const keyOf = (value) => value?.value ?? value;

const INITIAL = ["initial_option", "initial_user", "initial_channel", "initial_conversation"];

export function select(element, block, place, changed) {
  const entries = entriesOf(element);
  const initial = keyOf(INITIAL.map((name) => element[name]).find(Boolean));
  const node = h("select", { class: "input", data: { action: element.action_id ?? "" } });
  const groups = new Map();
  node.append(h("option", { value: "", text: words(element.placeholder) || t("choose") }));
  for (const entry of entries) {
    const item = h("option", { value: entry.key, text: entry.hint ? `${entry.label} · ${entry.hint}` : entry.label, selected: entry.key === initial });
    if (entry.group && !groups.has(entry.group)) groups.set(entry.group, node.appendChild(h("optgroup", { label: entry.group })));
    (groups.get(entry.group) ?? node).append(item);
  }
  const read = () => entries.find((entry) => entry.key === node.value)?.value ?? null;
  place.fields.add(block, element, read, (value) => (node.value = keyOf(value) ?? ""));
  node.addEventListener("change", () => node.value && changed?.(node, { selected: read() }));
  return h("span", { class: "select-frame" }, node);
}

const INITIALS = ["initial_options", "initial_users", "initial_channels", "initial_conversations"];

export function multiSelect(element, block, place, changed) {
  const entries = entriesOf(element);
  let chosen = new Set((INITIALS.map((name) => element[name]).find(Boolean) ?? []).map(keyOf));
  const node = h("button", { type: "button", class: "input picker", "aria-haspopup": "dialog", "aria-expanded": "false", data: { action: element.action_id ?? "" } });
  const show = () => {
    const labels = entries.filter((entry) => chosen.has(entry.key)).map((entry) => entry.label);
    fill(node, labels.length ? labels.map((label) => h("span", { class: "chip", text: label })) : h("span", { class: "faint", text: words(element.placeholder) || t("choose") }), icon("chevron"));
  };
  const read = () => entries.filter((entry) => chosen.has(entry.key)).map((entry) => entry.value);
  node.addEventListener("click", () => {
    const before = JSON.stringify([...chosen]);
    const rows = entries.map((entry) => {
      const box = h("input", { type: "checkbox", checked: chosen.has(entry.key), on: { change: () => toggle(entry.key, box.checked) } });
      return { entry, row: h("label", { class: "menu-item" }, box, h("span", { class: "menu-words" }, h("span", { text: entry.label }), entry.hint && h("small", { text: entry.hint }))), box };
    });
    const toggle = (key, on) => {
      if (on) chosen.add(key);
      else chosen.delete(key);
      const full = element.max_selected_items && chosen.size >= element.max_selected_items;
      for (const { box } of rows) box.disabled = Boolean(full) && !box.checked;
      show();
    };
    const none = h("p", { class: "faint nothing", text: t("nothing_found"), hidden: true });
    const filter = () => {
      for (const { entry, row } of rows) row.hidden = !entry.label.toLowerCase().includes(search.value.toLowerCase());
      none.hidden = rows.some(({ row }) => !row.hidden);
    };
    const search = h("input", { class: "input", type: "search", placeholder: t("search"), "aria-label": t("search"), on: { input: filter } });
    const panel = h("div", { class: "menu choices", role: "dialog", "aria-label": words(element.placeholder) || t("choose") }, entries.length > 6 && search, rows.map(({ row }) => row), none);
    panel.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && JSON.stringify([...chosen]) !== before) changed?.(node, { selected: read() });
    });
    openPanel(node, panel);
    (entries.length > 6 ? search : rows[0]?.box)?.focus();
  });
  place.fields.add(block, element, read, (value) => {
    chosen = new Set((value ?? []).map(keyOf));
    show();
  });
  show();
  return node;
}

let numbers = 0;

function boxes(type, element, changed) {
  numbers += 1;
  const initial = new Set([element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map((one) => one.value));
  const inputs = [];
  const node = h("span", { class: "boxes", role: type === "radio" ? "radiogroup" : "group", data: { action: element.action_id ?? "" } });
  for (const option of element.options ?? []) {
    const input = h("input", { type, name: `boxes-${numbers}`, value: option.value, checked: initial.has(option.value), on: { change: () => changed?.(node) } });
    const words_ = (object) => (object?.type === "mrkdwn" ? inline(object.text ?? "") : words(object));
    inputs.push({ input, option });
    add(node, h("label", { class: "box" }, input, h("span", {}, words_(option.text), option.description && h("small", {}, words_(option.description)))));
  }
  return { node, inputs, chosen: () => inputs.filter(({ input }) => input.checked).map(({ option }) => option) };
}

export function checkboxes(element, block, place, changed) {
  const { node, inputs, chosen } = boxes("checkbox", element, (where) => changed?.(where, { selected: chosen() }));
  place.fields.add(block, element, chosen, (kept) => {
    const keys = new Set((kept ?? []).map(keyOf));
    for (const { input, option } of inputs) input.checked = keys.has(option.value);
  });
  return node;
}

export function radioButtons(element, block, place, changed) {
  const { node, inputs, chosen } = boxes("radio", element, (where) => changed?.(where, { selected: chosen()[0] ?? null }));
  place.fields.add(block, element, () => chosen()[0] ?? null, (kept) => {
    for (const { input, option } of inputs) input.checked = option.value === keyOf(kept);
  });
  return node;
}

/** What a choice outside an input block does: a click. */
export const choosing = (element, block, place) => (node, payload) => press(node, element, block, place, payload);
