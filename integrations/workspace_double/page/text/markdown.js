/** Markdown as Slack shows it in streams and `markdown` blocks. https://docs.slack.dev/reference/block-kit/blocks/markdown-block */

import { h } from "../dom.js";
import { angled, emoji, link, picture } from "./inline.js";

const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

function delimited(text, at, mark) {
  const after = text[at + mark.length];
  if (!after || /\s/.test(after) || (mark[0] === "_" && isWord(text[at - 1]))) return -1;
  for (let end = at + mark.length + 1; end <= text.length - mark.length; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "`") end = Math.max(end, text.indexOf("`", end + 1));
    else if (mark === "*" && text.startsWith("**", end)) end += 1;
    else if (text.startsWith(mark, end) && !/\s/.test(text[end - 1])) {
      if (mark[0] === "_" && isWord(text[end + mark.length])) continue;
      return end;
    }
  }
  return -1;
}

const MARKS = [["**", "strong"], ["__", "strong"], ["~~", "s"], ["*", "em"], ["_", "em"]];

/** [text](address "title") from `at`: {label, address, end}, or null. Brackets and parentheses may nest once. */
function bracketed(text, at) {
  const found = /^\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+"[^"]*")?\s*\)/.exec(text.slice(at, at + 4000));
  return found && { label: found[1], address: found[2], end: at + found[0].length - 1 };
}

/** One node that starts at a place of the text, and its last place; null where none starts. */
function nodeAt(text, at) {
  const letter = text[at];
  if (letter === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "")) return { node: document.createTextNode(text[at + 1]), end: at + 1 };
  if (letter === "`") {
    const found = /^(`+)([\s\S]*?[^`])\1(?!`)/.exec(text.slice(at));
    return found && { node: h("code", { text: found[2].trim() }), end: at + found[0].length - 1 };
  }
  if (letter === "!" && text[at + 1] === "[") {
    const found = bracketed(text, at + 1);
    return found && { node: picture(found.label || found.address), end: found.end };
  }
  if (letter === "[") {
    const found = bracketed(text, at);
    return found && { node: link(found.address, inline(found.label)), end: found.end };
  }
  if (letter === "<") {
    const end = text.indexOf(">", at);
    const node = end > 0 ? angled(text.slice(at + 1, end)) : null;
    return node && { node, end };
  }
  if (letter === ":") {
    const found = /^:([a-z0-9_+'-]+):/.exec(text.slice(at, at + 80));
    return found && { node: emoji(found[1]), end: at + found[0].length - 1 };
  }
  if (letter === "h" && !isWord(text[at - 1])) {
    const found = /^https?:\/\/[^\s<>"]+[^\s<>".,;:!?')\]]/.exec(text.slice(at, at + 3000));
    return found && { node: link(found[0]), end: at + found[0].length - 1 };
  }
  for (const [mark, tag] of MARKS) {
    if (!text.startsWith(mark, at)) continue;
    const end = delimited(text, at, mark);
    if (end > 0) return { node: h(tag, {}, inline(text.slice(at + mark.length, end))), end: end + mark.length - 1 };
  }
  return null;
}

export function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; at += 1) {
    const found = /[\\`![<:h*_~]/.test(text[at]) ? nodeAt(text, at) : null;
    if (!found) {
      plain += text[at];
      continue;
    }
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
    nodes.push(found.node);
    at = found.end;
  }
  if (plain) nodes.push(document.createTextNode(plain));
  return nodes;
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const DASHES = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;

const cells = (line) =>
  line.trim().replace(/^\||(?<!\\)\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function alignment(dashes) {
  if (/^:-*:$/.test(dashes)) return "center";
  return dashes.endsWith(":") ? "right" : "left";
}

function table(lines) {
  const aligns = cells(lines[1]).map(alignment);
  const row = (line, tag) =>
    h("tr", {}, aligns.map((align, column) => h(tag, { class: `align-${align}`, scope: tag === "th" && "col" }, inline(cells(line)[column] ?? ""))));
  const body = lines.slice(2).map((line) => row(line, "td"));
  return h("div", { class: "table-frame", tabindex: 0 }, h("table", {}, h("thead", {}, row(lines[0], "th")), h("tbody", {}, body)));
}

function list(lines) {
  const first = ITEM.exec(lines[0]);
  const ordered = /\d/.test(first[2]);
  const items = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && item[1].length <= first[1].length + 1) items.push({ width: item[1].length + item[2].length + 1, lines: [item[3]] });
    else items.at(-1).lines.push(line.slice(Math.min(items.at(-1).width, line.search(/\S|$/))));
  }
  const node = h(ordered ? "ol" : "ul", { start: ordered && Number.parseInt(first[2], 10) });
  for (const item of items) {
    const task = /^\[([ xX])\]\s+/.exec(item.lines[0]);
    if (task) item.lines[0] = item.lines[0].slice(task[0].length);
    const [head, ...rest] = blocks(item.lines);
    const inside = head?.tagName === "P" ? [...head.childNodes] : [head];
    node.append(h("li", {}, task && `${task[1] === " " ? "☐" : "☑"} `, inside, rest));
  }
  return node;
}

/** How many lines from `at` on belong to what starts there, and its node. */
function blockAt(lines, at) {
  const line = lines[at];
  const fence = FENCE.exec(line);
  if (fence) {
    let end = at + 1;
    while (end < lines.length && !lines[end].trim().startsWith(fence[1])) end += 1;
    return { node: h("pre", { text: lines.slice(at + 1, end).join("\n") }), next: end + 1 };
  }
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return { node: h(`h${Math.min(6, heading[1].length + 2)}`, {}, inline(heading[2])), next: at + 1 };
  if (RULE.test(line)) return { node: h("hr"), next: at + 1 };
  const run = (belongs) => {
    let end = at + 1;
    while (end < lines.length && belongs(lines[end], end)) end += 1;
    return end;
  };
  if (line.includes("|") && DASHES.test(lines[at + 1] ?? "") && lines[at + 1].includes("-")) {
    const end = run((next) => next.includes("|"));
    return { node: table(lines.slice(at, end)), next: end };
  }
  if (/^ {0,3}>/.test(line)) {
    const end = run((next) => /^ {0,3}>/.test(next));
    return { node: h("blockquote", {}, blocks(lines.slice(at, end).map((one) => one.replace(/^ {0,3}> ?/, "")))), next: end };
  }
  if (ITEM.test(line)) {
    const indent = ITEM.exec(line)[1].length;
    const end = run((next, place) => {
      if (ITEM.test(next)) return true;
      if (!next.trim()) return ITEM.test(lines[place + 1] ?? "") || /^\s{2,}\S/.test(lines[place + 1] ?? "");
      return next.search(/\S/) > indent || lines[place - 1].trim() !== "";
    });
    return { node: list(lines.slice(at, end)), next: end };
  }
  const end = run((next, place) =>
    next.trim() && !ITEM.test(next) && !FENCE.test(next) && !RULE.test(next) && !/^ {0,3}(#{1,6}\s|>)/.test(next) && !DASHES.test(lines[place + 1] ?? "x"));
  return { node: h("p", {}, inline(lines.slice(at, end).map((one) => one.trim()).join("\n"))), next: end };
}

function blocks(lines) {
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    const { node, next } = blockAt(lines, at);
    nodes.push(node);
    at = next;
  }
  return nodes;
}

/** Nodes of a whole Markdown text. */
export const markdown = (text) => blocks(String(text ?? "").replaceAll("\r\n", "\n").split("\n"));
