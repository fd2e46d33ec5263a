/** The interface's words in the language of the person one acts as. */

import { now } from "./state.js";

let words = {};
let language = "en";

export async function loadWords() {
  words = await (await fetch(new URL("words.json", import.meta.url))).json();
}

/** Take the language of a locale such as `id-ID`; English where it is neither. True if that changed something. */
export function speak(locale) {
  const wanted = (locale ?? "").toLowerCase().startsWith("id") ? "id" : "en";
  const changed = wanted !== language;
  language = wanted;
  document.documentElement.lang = wanted;
  return changed;
}

export const spoken = () => language;

export const known = (key) => key in words;

export function t(key, values = {}) {
  const word = words[key]?.[language] ?? key;
  return word.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const moment = (ts) => new Date(Number(ts) * 1000);

const format = (date, options) => new Intl.DateTimeFormat(language === "id" ? "id-ID" : "en-GB", options).format(date);

/** Hour and minute of a message's ts: 14:05. */
export const clock = (ts) => format(moment(ts), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(".", ":");

export const fullTime = (ts) => format(moment(ts), { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });

export const dayKey = (ts) => moment(ts).toDateString();

/** The day of a ts as a person says it: today, yesterday, Monday 3 August. */
export function day(ts) {
  const date = moment(ts);
  if (dayKey(ts) === dayKey(now())) return t("today");
  if (dayKey(ts) === dayKey(now() - 86_400)) return t("yesterday");
  return format(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/**
 * Slack's date tokens ({date}, {date_num}, {date_short}, {date_long}, …_pretty, {time}, {time_secs}, {ago}) filled in.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function dateText(seconds, pattern, fallback) {
  const date = moment(seconds);
  if (!Number.isFinite(date.getTime())) return fallback ?? "";
  const parts = {
    date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
    date: { year: "numeric", month: "long", day: "numeric" },
    date_short: { year: "numeric", month: "short", day: "numeric" },
    date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  };
  return pattern.replace(/\{(\w+?)(_pretty)?\}/g, (whole, name, pretty) => {
    if (name === "ago" || name === "day_divider") return day(seconds);
    if (!(name in parts)) return whole;
    const near = pretty && [t("today"), t("yesterday")].includes(day(seconds));
    return near ? day(seconds) : format(date, parts[name]);
  });
}

export function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["B", "KB", "MB", "GB"];
  let step = 0;
  for (; bytes >= 1024 && step < 3; step += 1) bytes /= 1024;
  return `${new Intl.NumberFormat(language === "id" ? "id-ID" : "en-GB", { maximumFractionDigits: bytes < 10 ? 1 : 0 }).format(bytes)} ${units[step]}`;
}
