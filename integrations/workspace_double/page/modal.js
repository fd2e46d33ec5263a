/** Modals: the stack of views that the app opened for the acting person; the topmost can be used. */

import { act } from "./door.js";
import { fill, h, iconButton } from "./dom.js";
import { blockNodes, placeOf } from "./blocks/blocks.js";
import { fault } from "./blocks/inputs.js";
import { words } from "./blocks/text.js";
import { surroundings } from "./state.js";
import { t } from "./words.js";

const dialog = () => document.getElementById("modal");
const sheets = new Map();

function showFaults(sheet, faults) {
  const fields = [...sheet.node.querySelectorAll(".field")];
  for (const field of fields) {
    const text = faults[field.dataset.block];
    field.querySelector(".field-fault").textContent = text ?? "";
    field.classList.toggle("wrong", Boolean(text));
    field.querySelector("[data-action]")?.setAttribute("aria-invalid", String(Boolean(text)));
  }
  fields.find((field) => field.dataset.block in faults)?.querySelector("input, textarea, select, button")?.focus();
}

async function submit(sheet, view) {
  if (sheet.node.getAttribute("aria-busy") === "true") return;
  const wrong = sheet.place.fields.all().filter((field) => field.block.type === "input").map((field) => [field.block.block_id, fault(field)]).filter(([, text]) => text);
  showFaults(sheet, Object.fromEntries(wrong));
  if (wrong.length) return;
  sheet.node.setAttribute("aria-busy", "true");
  const result = await act("submit", { view_id: view.id, values: sheet.place.fields.values(), state: sheet.place.fields.state() });
  sheet.node.removeAttribute("aria-busy");
  if (result.errors) showFaults(sheet, result.errors);
}

function sheetOf(view, deep) {
  const place = placeOf({ view_id: view.id });
  const sheet = { place, print: null, node: null };
  const leave = () => act("close", { view_id: view.id });
  const body = h("div", { class: "sheet-body" }, blockNodes(view.blocks, place));
  const keys = (event) => {
    if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
    if (view.submit || view.blocks?.some((one) => one.type === "input")) submit(sheet, view);
  };
  const asks = view.submit || view.blocks?.some((one) => one.type === "input");
  sheet.node = h("div", { class: "sheet", on: { keydown: keys } },
    h("header", {}, deep && iconButton("back", t("back"), leave), h("h2", { id: `title-${view.id}` }, words(view.title)), iconButton("close", t("close"), leave)),
    body,
    h("footer", {},
      h("button", { type: "button", class: "button", on: { click: leave } }, words(view.close) || (asks ? t("cancel") : t("close"))),
      asks && h("button", { type: "button", class: "button primary solid", data: { submit: "" }, on: { click: () => submit(sheet, view) } }, words(view.submit) || t("submit"))));
  return sheet;
}

function firstField(node) {
  const wished = node.querySelector("[data-focus]") ?? node.querySelector(".sheet-body :is(input, textarea, select)") ?? node.querySelector("footer .button");
  wished?.focus();
}

export function modals() {
  dialog().addEventListener("cancel", (event) => {
    event.preventDefault();
    const [top] = [...sheets.keys()].slice(-1);
    if (top) act("close", { view_id: top });
  });

  return (snapshot) => {
    const views = snapshot.views ?? [];
    for (const id of sheets.keys()) if (!views.some((one) => one.id === id)) sheets.delete(id);
    views.forEach((view, depth) => {
      const print = JSON.stringify([surroundings(), view, depth]);
      const old = sheets.get(view.id);
      if (old?.print === print) return;
      const sheet = sheetOf(view, depth > 0);
      sheet.print = print;
      if (old) sheet.place.fields.restore(old.place.fields.keep());
      sheets.set(view.id, sheet);
    });
    const order = views.map((view) => sheets.get(view.id));
    const top = order.at(-1);
    if (!top) {
      if (dialog().open) dialog().close();
      fill(dialog());
      return;
    }
    dialog().setAttribute("aria-labelledby", `title-${views.at(-1).id}`);
    dialog().dataset.depth = String(order.length);
    if (dialog().firstElementChild === top.node) return;
    fill(dialog(), top.node);
    if (!dialog().open) dialog().showModal();
    firstField(top.node);
  };
}
