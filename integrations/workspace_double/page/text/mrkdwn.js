/** Slack's own mark-up (mrkdwn). https://docs.slack.dev/messaging/formatting-message-text */

import { h } from "../dom.js";
import { angled, emoji } from "./inline.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Where the style that opens at `start` ends; -1 where it opens none. */
function closing(text, start, mark) {
  if (isWord(text[start - 1]) || !text[start + 1] || /\s/.test(text[start + 1]) || text[start + 1] === mark) return -1;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "`" || text[at] === "<") {
      const end = text.indexOf(text[at] === "<" ? ">" : "`", at + 1);
      if (end > 0) at = end;
    } else if (text[at] === mark && !/\s/.test(text[at - 1]) && !isWord(text[at + 1])) return at;
  }
  return -1;
}

/** Nodes of a text within one paragraph; its line breaks stay in the text. */
export function inline(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(unescape(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    let node = null;
    let end = -1;
    if (letter === "<") {
      end = text.indexOf(">", at);
      if (end > 0) node = angled(text.slice(at + 1, end), unescape);
    } else if (letter === "`") {
      const found = /^`([^`\n]+)`/.exec(text.slice(at, at + 4000));
      end = at + (found?.[0].length ?? 0) - 1;
      if (found) node = h("code", { text: unescape(found[1]) });
    } else if (letter in STYLES) {
      end = closing(text, at, letter);
      if (end > 0) node = h(STYLES[letter], {}, inline(text.slice(at + 1, end)));
    } else if (letter === ":") {
      const found = /^:([a-z0-9_+'-]+):/.exec(text.slice(at, at + 80));
      end = at + (found?.[0].length ?? 0) - 1;
      if (found) node = emoji(found[1]);
    }
    if (node) {
      flush();
      nodes.push(node);
      at = end;
    } else plain += letter;
  }
  flush();
  return nodes;
}

const KINDS = [
  ["quote", /^(?:&gt;|>) ?(.*)$/],
  ["ul", /^\s*[•◦▪‣-] +(.*)$/],
  ["ol", /^\s*(\d+)[.)] +(.*)$/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(line);
    if (found) return { kind, text: found.at(-1), number: found[1] };
  }
  return { kind: "p", text: line };
}

function group(lines) {
  const groups = [];
  for (const line of lines) {
    const one = kindOf(line);
    if (groups.at(-1)?.kind === one.kind) groups.at(-1).lines.push(one);
    else groups.push({ kind: one.kind, lines: [one] });
  }
  return groups;
}

function paragraphs(text) {
  return group(text.split("\n")).map(({ kind, lines }) => {
    if (kind === "quote") return h("blockquote", {}, mrkdwn(lines.map((line) => line.text).join("\n")));
    if (kind === "ul") return h("ul", {}, lines.map((line) => h("li", {}, inline(line.text))));
    if (kind === "ol") return h("ol", { start: lines[0].number }, lines.map((line) => h("li", {}, inline(line.text))));
    const whole = lines.map((line) => line.text).join("\n").replace(/^\n+|\n+$/g, "");
    return whole ? h("p", {}, inline(whole)) : null;
  });
}

/** Nodes of a whole text: paragraphs, quotes, lists, preformatted parts. */
export function mrkdwn(text) {
  const parts = String(text ?? "").split("```");
  const fenced = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("```")];
  return fenced.flatMap((part, number) =>
    number % 2 ? [h("pre", { text: unescape(part.replace(/^\n|\n$/g, "")) })] : paragraphs(part),
  ).filter(Boolean);
}

/** The words alone, for announcements and previews. */
export function plainText(text) {
  return unescape(String(text ?? "").replace(/<[^>|]*\|([^>]*)>/g, "$1").replace(/<[@#!][^>]*>/g, "").replace(/[*_~`]/g, ""));
}
