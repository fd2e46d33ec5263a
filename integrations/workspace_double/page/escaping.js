/** Between what a person writes (@Name, #channel, <, >, &) and what a message holds (<@U…>, <#C…>, &lt; …). */

import { channelTitle, nameOf, state } from "./state.js";

const BROADCASTS = ["here", "channel", "everyone"];

const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);

/** [{shown, held}] of everybody and every channel that can be named, longest first. */
function names() {
  const { users, bot, channels } = state.snapshot;
  const ids = new Set([...users.map((one) => one.id), bot.id]);
  const people = [...ids].flatMap((id) => {
    const name = users.find((one) => one.id === id)?.name;
    return [nameOf(id), name].filter(Boolean).map((shown) => ({ shown: `@${shown}`, held: `<@${id}>` }));
  });
  const rooms = channels.filter((one) => !one.is_im).map((one) => ({ shown: `#${channelTitle(one)}`, held: `<#${one.id}>` }));
  const all = BROADCASTS.map((one) => ({ shown: `@${one}`, held: `<!${one}>` }));
  return [...people, ...rooms, ...all].sort((one, other) => other.shown.length - one.shown.length);
}

export const entities = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function escaped(text) {
  const known = names().map(({ shown, held }) => ({ shown: shown.toLowerCase(), held }));
  let out = "";
  for (let at = 0; at < text.length; ) {
    const name = "@#".includes(text[at]) && !isWord(text[at - 1])
      ? known.find(({ shown }) => text.slice(at, at + shown.length).toLowerCase() === shown && !isWord(text[at + shown.length]))
      : null;
    out += name ? name.held : entities(text[at]);
    at += name ? name.shown.length : 1;
  }
  return out;
}

export function unescaped(text) {
  const shown = new Map(names().map((one) => [one.held, one.shown]));
  for (const { shown: name, held } of names()) if (name.startsWith("@") && held.startsWith("<@")) shown.set(held, `@${nameOf(held.slice(2, -1))}`);
  return String(text ?? "")
    .replace(/<[@#!][^>|]+(\|[^>]*)?>/g, (held) => shown.get(held.replace(/\|[^>]*>/, ">")) ?? held)
    .replace(/<(https?:[^>|]+)(\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
