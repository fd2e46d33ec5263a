/** rich_text blocks. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

import { h } from "../dom.js";
import { broadcast, channelMention, date, emoji, link, mention } from "../text/inline.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style = {}) {
  return Object.keys(STYLES).reduce((inner, name) => (style[name] ? h(STYLES[name], {}, inner) : inner), node);
}

const PARTS = {
  text: (part) => document.createTextNode(part.text ?? ""),
  link: (part) => link(part.url, part.text || undefined),
  emoji: (part) => emoji(part.name ?? ""),
  user: (part) => mention(part.user_id),
  usergroup: (part) => h("span", { class: "mention", text: `@${part.usergroup_id}` }),
  team: (part) => h("span", { class: "mention", text: part.team_id }),
  channel: (part) => channelMention(part.channel_id),
  broadcast: (part) => broadcast(part.range),
  date: (part) => date(part.timestamp, part.format ?? "{date}", part.fallback, part.url),
  color: (part) => h("code", { text: part.value }),
};

const inline = (parts = []) => parts.map((part) => styled(PARTS[part.type]?.(part) ?? document.createTextNode(part.text ?? ""), part.style));

/** Lists follow each other flat, each with its indent; deeper ones belong into the last item before them. */
function list(part) {
  return h(
    part.style === "ordered" ? "ol" : "ul",
    { class: `indent-${Math.min(part.indent ?? 0, 8)}${part.border ? " bordered" : ""}`, start: part.offset ? part.offset + 1 : null },
    (part.elements ?? []).map((item) => h("li", {}, inline(item.elements))),
  );
}

const ELEMENTS = {
  rich_text_section: (part) => h("p", {}, inline(part.elements)),
  rich_text_list: list,
  rich_text_quote: (part) => h("blockquote", { class: part.border ? "bordered" : null }, h("p", {}, inline(part.elements))),
  rich_text_preformatted: (part) => h("pre", {}, inline(part.elements)),
};

export const richText = (block) => (block?.elements ?? []).map((part) => ELEMENTS[part.type]?.(part) ?? null);
