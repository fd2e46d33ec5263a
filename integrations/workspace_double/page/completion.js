/** The list over a composer: people after @, channels after #, commands after /. */

import { fill, h } from "./dom.js";
import { avatar } from "./people.js";
import { channelTitle, nameOf, state } from "./state.js";
import { t } from "./words.js";

const MOST = 8;

/** Entries {shown, hint, mark, text} for what stands before the cursor; null where nothing is to be completed. */
function offers(before, inThread) {
  const { users, bot, channels, commands } = state.snapshot;
  const command = /^\/(\S*)$/.exec(before);
  if (command && !inThread) {
    const wanted = command[1].toLowerCase();
    const list = (commands ?? []).filter((one) => one.command.slice(1).toLowerCase().startsWith(wanted));
    return { from: 0, list: list.map((one) => ({ shown: `${one.command} ${one.usage_hint ?? ""}`.trim(), hint: one.description, text: `${one.command} ` })) };
  }
  const name = /(^|[\s(])([@#])([^\s@#]*(?: [^\s@#]+)?)$/u.exec(before);
  if (!name) return null;
  const wanted = name[3].toLowerCase();
  const from = before.length - name[3].length - 1;
  const fits = (text) => text.toLowerCase().startsWith(wanted) || text.toLowerCase().split(/[\s._-]+/).some((part) => part.startsWith(wanted));
  if (name[2] === "#") {
    const list = channels.filter((one) => !one.is_im && fits(one.name)).map((one) => ({ shown: `#${channelTitle(one)}`, text: `#${channelTitle(one)} ` }));
    return { from, list };
  }
  const ids = [bot.id, ...users.filter((one) => one.id !== bot.id).map((one) => one.id)];
  const people = ids.filter((id) => id !== state.me && (fits(nameOf(id)) || fits(users.find((one) => one.id === id)?.name ?? "")))
    .map((id) => ({ shown: nameOf(id), hint: users.find((one) => one.id === id)?.email, mark: id, text: `@${nameOf(id)} ` }));
  const all = ["here", "channel"].filter((one) => wanted && one.startsWith(wanted)).map((one) => ({ shown: `@${one}`, hint: t("everyone_here"), text: `@${one} ` }));
  return { from, list: [...people, ...all] };
}

/** Give a text area its completion list. Answers {node, key(event) → true where the list took the key}. */
export function completion(area, inThread) {
  const id = `offers-${Math.random().toString(36).slice(2)}`;
  const node = h("div", { class: "offers", id, role: "listbox", "aria-label": t("suggestions"), hidden: true });
  let found = null;
  let chosen = 0;

  const hide = () => {
    found = null;
    node.hidden = true;
    area.removeAttribute("aria-activedescendant");
    area.setAttribute("aria-expanded", "false");
  };
  const take = (offer) => {
    const end = area.selectionStart;
    area.setRangeText(offer.text, found.from, end, "end");
    hide();
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = () => {
    fill(node, found.list.map((offer, number) =>
      h("div", { id: `${id}-${number}`, class: "menu-item", role: "option", "aria-selected": String(number === chosen), on: { mousedown: (event) => {
        event.preventDefault();
        take(offer);
      } } }, offer.mark && avatar(offer.mark, "tiny"), h("span", { class: "menu-words" }, h("span", { text: offer.shown }), offer.hint && h("small", { text: offer.hint })))));
    node.hidden = false;
    area.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    area.setAttribute("aria-expanded", "true");
    node.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("input", () => {
    found = area.selectionStart === area.selectionEnd ? offers(area.value.slice(0, area.selectionStart), inThread) : null;
    if (found) found.list = found.list.slice(0, MOST);
    chosen = 0;
    const exact = found?.list.length === 1 && area.value.slice(found.from, area.selectionStart).trim() === found.list[0].text.trim();
    if (found?.list.length && !exact) show();
    else hide();
  });
  area.addEventListener("blur", hide);
  const key = (event) => {
    if (!found) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + found.list.length) % found.list.length;
      show();
    } else if (event.key === "Enter" || event.key === "Tab") take(found.list[chosen]);
    else if (event.key === "Escape") hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { node, key };
}
