/** The smallest parts of a text: links, mentions, channels, emoji, dates. */

import { h } from "../dom.js";
import { channelOf, channelTitle, nameOf, state } from "../state.js";
import { dateText } from "../words.js";
import { openChannel, openPlace } from "../navigation.js";

let pictures = {};

export async function loadEmoji() {
  pictures = await (await fetch(new URL("emoji.json", import.meta.url))).json();
}

export const emojiNames = () => Object.keys(pictures);

/** An emoji's picture, or its name between colons where it is not known. */
export function emoji(name) {
  const bare = name.split("::")[0];
  return pictures[bare]
    ? h("span", { class: "emoji", role: "img", "aria-label": bare.replaceAll("_", " "), title: `:${bare}:`, text: pictures[bare] })
    : document.createTextNode(`:${name}:`);
}

export const emojiText = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => pictures[name] ?? whole);

/** The address if it may become a link (http and https only), else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link that opens outside, or, for a permalink to a message of this workspace, the message. Not http(s): plain text. */
export function link(address, label) {
  const url = safeUrl(address);
  const shown = label ?? address;
  if (!url) return h("span", {}, shown);
  const permalink = /^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/.exec(url.pathname);
  const inside = permalink && channelOf(permalink[1]);
  const click = (event) => {
    if (!inside) return;
    event.preventDefault();
    openPlace(permalink[1], permalink[2] && `${permalink[2]}.${permalink[3]}`, url.searchParams.get("thread_ts"));
  };
  return h("a", { class: "link", href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href, on: { click } }, shown);
}

export function mention(id) {
  const own = id === state.me ? " own" : "";
  return h("span", { class: `mention${own}`, text: `@${nameOf(id)}` });
}

export function channelMention(id, label) {
  const channel = channelOf(id);
  if (!channel) return h("span", { class: "mention", text: `#${label || id}` });
  return h("button", { type: "button", class: "mention", text: `#${channelTitle(channel)}`, on: { click: () => openChannel(id) } });
}

export const broadcast = (range) => h("span", { class: "mention everyone", text: `@${range}` });

export const date = (seconds, pattern, fallback, address) => {
  const text = dateText(seconds, pattern, fallback);
  return address ? link(address, text) : h("time", { title: fallback, text });
};

/** What stands between < and > in Slack's texts; null where it is none of Slack's. */
export function angled(body, unescape = (text) => text) {
  const [target, ...rest] = body.split("|");
  const label = rest.length ? unescape(rest.join("|")) : undefined;
  if (/^@[A-Z0-9]+$/.test(target)) return mention(target.slice(1));
  if (/^#[A-Z0-9]+$/.test(target)) return channelMention(target.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return h("span", { class: "mention", text: label ?? `@${target.slice(9)}` });
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, address] = target.split("^");
    return date(seconds, pattern ?? "{date}", label, address);
  }
  if (/^(https?:\/\/)/i.test(target)) return link(unescape(target), label);
  if (/^mailto:/i.test(target)) return h("span", { text: label ?? target.slice(7) });
  return null;
}

/** A picture is never fetched: its place says what it would show. */
export function picture(label, title) {
  return h("span", { class: "picture", role: "img", "aria-label": label }, h("span", { class: "picture-mark", "aria-hidden": "true" }), title ?? label);
}
