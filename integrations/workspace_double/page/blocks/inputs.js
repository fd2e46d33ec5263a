/** Elements that are written in: texts, numbers, addresses, dates and times; and the checks of what was written. */

import { h } from "../dom.js";
import { t } from "../words.js";
import { words } from "./text.js";

const TYPES = {
  plain_text_input: "text",
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

const pad = (number) => String(number).padStart(2, "0");

function localMoment(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

function shown(element, value) {
  if (value === null || value === undefined) return "";
  return element.type === "datetimepicker" ? localMoment(value) : String(value);
}

function initialOf(element) {
  return element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_date_time ?? null;
}

/** A rich_text_input's value: one section with the text as it was written. */
const asRichText = (text) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] });

const plainOf = (rich) => (rich?.elements ?? []).flatMap((part) => part.elements ?? []).map((part) => part.text ?? "").join("");

/** changed(node, payload) is called when the value is settled: on change, and on Enter where the element asks for it. */
export function input(element, block, place, changed) {
  const rich = element.type === "rich_text_input";
  const long = element.multiline || rich;
  const node = h(long ? "textarea" : "input", {
    class: "input",
    type: long ? null : TYPES[element.type] ?? "text",
    rows: long ? 4 : null,
    placeholder: words(element.placeholder),
    step: element.type === "number_input" && element.is_decimal_allowed ? "any" : null,
    maxlength: element.max_length,
    data: { action: element.action_id ?? "" },
  });
  const initial = initialOf(element);
  node.value = shown(element, rich ? plainOf(initial) : initial);
  const read = () => {
    if (node.value === "") return null;
    if (element.type === "datetimepicker") return Math.floor(new Date(node.value).getTime() / 1000);
    return rich ? asRichText(node.value) : node.value;
  };
  place.fields.add(block, element, read, (value) => (node.value = shown(element, rich ? plainOf(value) : value)));
  if (changed) {
    const send = () => changed(node, TYPES[element.type]?.startsWith("date") || element.type === "timepicker" ? { selected: read() } : { value: node.value });
    if (!long) node.addEventListener("change", send);
  }
  return node;
}

/** Why a value may not be submitted, in words; null where it may. */
export function fault({ block, element, read }) {
  const value = read();
  const empty = value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
  if (empty) return block.optional ? null : t("required");
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return t("bad_email");
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(value)) return t("bad_url");
  if (element.type === "number_input") {
    const number = Number(value);
    if (!Number.isFinite(number) || (!element.is_decimal_allowed && !Number.isInteger(number))) return t("bad_number");
    if (element.min_value !== undefined && number < Number(element.min_value)) return t("number_low", { limit: element.min_value });
    if (element.max_value !== undefined && number > Number(element.max_value)) return t("number_high", { limit: element.max_value });
  }
  if (typeof value === "string" && element.min_length && value.length < element.min_length) return t("too_short", { limit: element.min_length });
  if (typeof value === "string" && element.max_length && value.length > element.max_length) return t("too_long", { limit: element.max_length });
  return null;
}
