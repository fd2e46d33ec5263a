/** How people are shown. */

import { h } from "./dom.js";
import { nameOf, user } from "./state.js";
import { t } from "./words.js";

const HUES = 12;

function hue(id) {
  let sum = 7;
  for (const letter of String(id)) sum = (sum * 31 + letter.charCodeAt(0)) % 100_003;
  return sum % HUES;
}

/** A square with the initials; the bot's has its own colour. */
export function avatar(id, extra = "") {
  const one = user(id);
  const initials = nameOf(id).split(/[\s._-]+/).filter(Boolean).slice(0, 2).map((part) => part[0].toUpperCase()).join("") || "?";
  return h("span", { class: `avatar ${one.is_bot ? "bot" : `hue-${hue(id)}`} ${extra}`, "aria-hidden": "true", text: initials });
}

export function badge(id) {
  const one = user(id);
  if (one.is_bot) return h("span", { class: "badge", text: t("app") });
  if (one.is_stranger) return h("span", { class: "badge soft", text: t("stranger") });
  return one.is_restricted ? h("span", { class: "badge soft", text: t("guest") }) : null;
}
