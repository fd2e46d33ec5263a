/** Files and canvases: shown as cards, opened in a reading window, downloaded. */

import { add, fill, h, icon, iconButton } from "./dom.js";
import { safeUrl } from "./text/inline.js";
import { markdown } from "./text/markdown.js";
import { toast } from "./toasts.js";
import { size, t } from "./words.js";

const READABLE = /^(text\/|application\/(json|x-ndjson|csv|xml|yaml))/;
const READABLE_NAMES = /\.(txt|md|csv|tsv|json|jsonl|eml|log|ya?ml)$/i;
const MOST_READ = 400_000; // characters

const addressOf = (file) => safeUrl(new URL(file.url ?? "", location.href).href);

const isReadable = (file) => (READABLE.test(file.mimetype ?? "") && !/html/.test(file.mimetype)) || READABLE_NAMES.test(file.name ?? "");

function openPaper(title, tools, content) {
  const paper = document.getElementById("paper");
  fill(paper, h("div", { class: "sheet paper" },
    h("header", {}, h("h2", { id: "paper-title", text: title }), tools, iconButton("close", t("close"), () => paper.close())),
    h("div", { class: "sheet-body flow", tabindex: 0 }, content)));
  paper.setAttribute("aria-labelledby", "paper-title");
  if (!paper.open) paper.showModal();
}

const downloadLink = (address, name) =>
  h("a", { class: "tool", href: address, download: name, rel: "noopener noreferrer", "aria-label": t("download", { name }), title: t("download", { name }) }, icon("download"));

async function view(file) {
  try {
    const answer = await fetch(addressOf(file).href);
    if (!answer.ok) throw new Error(String(answer.status));
    const text = (await answer.text()).slice(0, MOST_READ);
    const content = /\.md$/i.test(file.name) || file.mimetype === "text/markdown" ? markdown(text) : h("pre", { text });
    openPaper(file.name, downloadLink(addressOf(file).href, file.name), content);
  } catch {
    toast(t("file_unreadable"), "error");
  }
}

export function fileCard(file) {
  const address = addressOf(file);
  const kind = file.name?.includes(".") ? file.name.split(".").pop().slice(0, 4).toUpperCase() : t("file");
  const name = isReadable(file) && address
    ? h("button", { type: "button", class: "file-name", "aria-label": t("view", { name: file.name }), on: { click: () => view(file) } }, file.name)
    : h("span", { class: "file-name", text: file.name });
  return h("div", { class: "file" },
    h("span", { class: "file-mark", "aria-hidden": "true" }, kind),
    h("div", { class: "file-words" }, name, h("small", { class: "faint", text: size(file.size) })),
    address && downloadLink(address.href, file.name));
}

export function openCanvas(canvas) {
  const text = canvas.markdown ?? canvas.content ?? "";
  const address = `data:text/markdown;charset=utf-8,${encodeURIComponent(text)}`;
  openPaper(canvas.title || t("canvases"), downloadLink(address, `${canvas.title || "canvas"}.md`), markdown(text));
}

/** What a chosen or dropped file sends to the server: its bytes as base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

export const fileChip = (file, remove) =>
  add(h("span", { class: "chip" }), icon("file"), h("span", { text: file.name }), h("small", { class: "faint", text: size(file.size) }), iconButton("close", t("remove", { name: file.name }), remove));
