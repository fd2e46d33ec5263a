/** Menus and small panels over the page: one at a time, closed by Esc, by a click elsewhere and by choosing. */

import { h, icon } from "./dom.js";

const MARGIN = 8;

function place(panel, anchor) {
  if (window.matchMedia("(max-width: 560px)").matches) return; // a sheet at the bottom, by the style sheet
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + 4 + height <= innerHeight - MARGIN;
  const left = at.left + width <= innerWidth - MARGIN ? at.left : at.right - width;
  panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  panel.style.top = `${below ? at.bottom + 4 : Math.max(MARGIN, at.top - height - 4)}px`;
}

/** Show a panel beside its anchor; it is removed when it closes, and the focus goes back. */
export function openPanel(anchor, panel) {
  panel.setAttribute("popover", "auto");
  panel.classList.add("panel");
  (anchor.closest("dialog") ?? document.body).append(panel);
  anchor.setAttribute("aria-expanded", "true");
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    anchor.setAttribute("aria-expanded", "false");
    panel.remove();
  });
  panel.showPopover();
  place(panel, anchor);
  return () => panel.isConnected && panel.hidePopover();
}

function walk(event, items) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const now = items.indexOf(document.activeElement);
  let next = null;
  if (event.key in steps) next = (now + steps[event.key] + items.length) % items.length;
  if (event.key === "Home") next = 0;
  if (event.key === "End") next = items.length - 1;
  if (next === null) return;
  event.preventDefault();
  items[next].focus();
}

/** entries: [{label, hint?, icon?, mark?, danger?, checked?, run} | {heading}]; nulls are left out. */
export function openMenu(anchor, label, entries) {
  let close = () => {};
  const items = entries.filter(Boolean).map((entry) => {
    if (entry.heading) return h("div", { class: "menu-heading", role: "presentation", text: entry.heading });
    const choose = () => {
      close();
      entry.run();
    };
    return h(
      "button",
      {
        type: "button",
        class: `menu-item${entry.danger ? " danger" : ""}`,
        role: entry.checked === undefined ? "menuitem" : "menuitemradio",
        "aria-checked": entry.checked === undefined ? null : String(entry.checked),
        on: { click: choose },
      },
      entry.mark ?? (entry.icon && icon(entry.icon)),
      h("span", { class: "menu-words" }, h("span", { text: entry.label }), entry.hint && h("small", { text: entry.hint })),
      entry.checked && icon("check"),
    );
  });
  const panel = h("div", { class: "menu", role: "menu", "aria-label": label }, items);
  const buttons = items.filter((one) => one.tagName === "BUTTON");
  panel.addEventListener("keydown", (event) => walk(event, buttons));
  close = openPanel(anchor, panel);
  (buttons.find((one) => one.getAttribute("aria-checked") === "true") ?? buttons[0])?.focus();
}
