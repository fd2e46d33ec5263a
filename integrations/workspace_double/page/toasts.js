/** Short notices in the corner that go away by themselves. */

import { h, iconButton } from "./dom.js";
import { t } from "./words.js";

const SECONDS = 6;

export function toast(text, kind = "info") {
  const note = h("div", { class: `toast ${kind}` }, h("span", { text }));
  note.append(iconButton("close", t("close"), () => note.remove()));
  const toasts = document.getElementById("toasts");
  const dialog = document.querySelector("dialog[open]");
  (dialog ?? document.body).append(toasts); // an open dialog covers everything outside it
  toasts.append(note);
  setTimeout(() => note.remove(), SECONDS * 1000);
}

/** Say something to those who listen instead of look. */
export function announce(text) {
  document.getElementById("live").textContent = text;
}
