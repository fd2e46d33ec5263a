/** A question with two answers, in the middle of the page. */

import { fill, h } from "./dom.js";
import { t } from "./words.js";

/** Content: {title, text, confirm, deny} of plain words or nodes, danger: whether yes is hard to undo. Answers true for yes. */
export function ask({ title, text, confirm, deny, danger = false }) {
  const dialog = document.getElementById("ask");
  return new Promise((resolve) => {
    let answer = false;
    const decide = (value) => {
      answer = value;
      dialog.close();
    };
    fill(
      dialog,
      h("div", { class: "sheet small" },
        h("header", {}, h("h2", { id: "ask-title" }, title)),
        h("div", { class: "sheet-body" }, text),
        h("footer", {},
          h("button", { type: "button", class: "button", on: { click: () => decide(false) } }, deny ?? t("cancel")),
          h("button", { type: "button", class: `button ${danger ? "danger" : "primary"} solid`, autofocus: true, on: { click: () => decide(true) } }, confirm ?? t("confirm")))),
    );
    dialog.setAttribute("aria-labelledby", "ask-title");
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
  });
}
