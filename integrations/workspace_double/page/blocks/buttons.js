/** Elements that are pressed: button, overflow, feedback_buttons, icon_button. */

import { h, icon } from "../dom.js";
import { openMenu } from "../menu.js";
import { state } from "../state.js";
import { safeUrl } from "../text/inline.js";
import { t } from "../words.js";
import { press } from "./press.js";
import { words } from "./text.js";

const follow = (address) => {
  const url = safeUrl(address);
  if (url) window.open(url.href, "_blank", "noopener,noreferrer");
};

const hidden = (element) => Boolean(element.visible_to_user_ids?.length) && !element.visible_to_user_ids.includes(state.me);

export function button(element, block, place) {
  if (hidden(element)) return null;
  const style = ["primary", "danger"].includes(element.style) ? ` ${element.style}` : "";
  const click = async (event) => {
    const node = event.currentTarget;
    if ((await press(node, element, block, place, { value: element.value })) && element.url) follow(element.url);
  };
  return h(
    "button",
    { type: "button", class: `button${style}`, "aria-label": element.accessibility_label, title: element.url && safeUrl(element.url)?.href, data: { action: element.action_id ?? "" }, on: { click } },
    words(element.text),
  );
}

export function overflow(element, block, place) {
  const choose = async (node, option) => {
    if ((await press(node, element, block, place, { selected: option })) && option.url) follow(option.url);
  };
  const node = h("button", { type: "button", class: "button square", "aria-label": t("more"), "aria-haspopup": "menu", data: { action: element.action_id ?? "" } }, icon("more"));
  node.addEventListener("click", () =>
    openMenu(node, t("more"), (element.options ?? []).map((option) => ({ label: words(option.text), hint: words(option.description), run: () => choose(node, option) }))));
  return node;
}

/** What was rated last, by message, block and element: the server tells nobody. */
const ratings = new Map();

export function feedbackButtons(element, block, place) {
  const key = JSON.stringify([place.target, block.block_id, element.action_id]);
  const side = (name, object, mark) => {
    const label = object.accessibility_label ?? words(object.text);
    const click = async (event) => {
      const node = event.currentTarget;
      if (!(await press(node, element, block, place, { value: object.value }))) return;
      ratings.set(key, name);
      for (const one of node.parentNode.children) one.setAttribute("aria-pressed", String(one === node));
    };
    return h(
      "button",
      { type: "button", class: "tool quiet", "aria-label": label, title: label, "aria-pressed": String(ratings.get(key) === name), data: { action: element.action_id ?? "", side: name }, on: { click } },
      icon(mark),
    );
  };
  return h("span", { class: "feedback", role: "group" }, side("positive", element.positive_button, "thumbup"), side("negative", element.negative_button, "thumbdown"));
}

export function iconButton(element, block, place) {
  if (hidden(element)) return null;
  const label = element.accessibility_label ?? words(element.text);
  const click = (event) => press(event.currentTarget, element, block, place, { value: element.value });
  return h("button", { type: "button", class: "tool quiet", "aria-label": label, title: label, data: { action: element.action_id ?? "" }, on: { click } }, icon(element.icon === "trash" ? "trash" : "more"));
}
