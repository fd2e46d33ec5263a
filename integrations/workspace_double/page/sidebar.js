/** Left: who one is, and where one can go. */

import { act } from "./door.js";
import { fill, h, icon, slot } from "./dom.js";
import { openCanvas } from "./files.js";
import { openMenu } from "./menu.js";
import { openChannel } from "./navigation.js";
import { avatar, badge } from "./people.js";
import { channelTitle, isBotTalk, nameOf, otherSide, state, user } from "./state.js";
import { channelIsUnread } from "./unread.js";
import { t } from "./words.js";

function personHint(one) {
  if (one.is_stranger) return t("stranger");
  return one.is_restricted ? `${t("guest")} · ${one.email ?? ""}` : one.email;
}

function channelRow(channel) {
  const open = channel.id === state.channel;
  const unread = !open && channelIsUnread(channel.id);
  const mark = channel.is_im
    ? avatar(otherSide(channel), "tiny")
    : h("span", { class: "hash", "aria-hidden": "true" }, channel.is_private ? icon("lock") : "#");
  return h("button", {
    type: "button",
    class: `place${unread ? " unread" : ""}`,
    "aria-current": open ? "page" : null,
    "aria-label": [channelTitle(channel), channel.is_private && !channel.is_im && t("private_channel"), channel.is_ext_shared && t("shared_channel"), unread && t("unread")].filter(Boolean).join(", "),
    data: { channel: channel.id },
    on: { click: () => openChannel(channel.id) },
  }, mark, h("span", { class: "place-name", text: channelTitle(channel) }),
  channel.is_im && badge(otherSide(channel)),
  channel.is_ext_shared && h("span", { class: "faint shared", title: t("shared_channel") }, icon("shared")),
  unread && h("span", { class: "dot", "aria-hidden": "true" }));
}

const group = (title, rows) => rows.length > 0 && h("section", { class: "places" }, h("h2", { text: title }), rows);

async function startWithBot() {
  const { channel } = await act("dm");
  if (channel) openChannel(channel);
}

/** The bot's direct message stands first, even before anything was said there. */
function directMessages(channels) {
  const direct = channels.filter((one) => one.is_im);
  const withBot = direct.filter(isBotTalk);
  const rows = [...withBot, ...direct.filter((one) => !isBotTalk(one))].map(channelRow);
  if (withBot.length) return rows;
  const bot = state.snapshot.bot.id;
  const start = h("button", { type: "button", class: "place", on: { click: startWithBot } }, avatar(bot, "tiny"), h("span", { class: "place-name", text: nameOf(bot) }), badge(bot));
  return [start, ...rows];
}

export function sidebar(node, become) {
  const header = h("header", { class: "sidebar-head" });
  const body = h("div", { class: "sidebar-body" });
  fill(node, header, body);

  const choose = (anchor) =>
    openMenu(anchor, t("switch_person"), state.snapshot.users.filter((one) => !one.is_bot).map((one) => ({
      label: nameOf(one.id),
      hint: personHint(one),
      mark: avatar(one.id, "small"),
      checked: one.id === state.me,
      run: () => become(one.id),
    })));

  return (snapshot) => {
    const { channels, canvases = [] } = snapshot;
    const around = document.documentElement.lang;
    node.setAttribute("aria-label", t("workspace"));
    slot(header, JSON.stringify([around, snapshot.team, user(state.me)]), () => [
      h("div", { class: "team" }, h("span", { class: "team-mark", "aria-hidden": "true" }), h("div", {}, h("h1", { text: snapshot.team.name }), h("small", { class: "faint", text: t("workspace") }))),
      h("button", { type: "button", class: "who", "aria-haspopup": "menu", "aria-label": `${t("acting_as", { name: nameOf(state.me) })}. ${t("switch_person")}`, on: { click: (event) => choose(event.currentTarget) } },
        avatar(state.me), h("span", { class: "who-words" }, h("span", { text: nameOf(state.me) }), h("small", { class: "faint", text: personHint(user(state.me)) ?? "" })), icon("chevron")),
    ]);
    const unread = channels.map((one) => channelIsUnread(one.id));
    slot(body, JSON.stringify([around, state.me, state.channel, channels, unread, canvases, snapshot.users.length]), () => [
      group(t("channels"), channels.filter((one) => !one.is_im).map(channelRow)),
      group(t("direct_messages"), directMessages(channels)),
      group(t("canvases"), canvases.map((canvas) => h("button", { type: "button", class: "place", on: { click: () => openCanvas(canvas) } }, h("span", { class: "hash", "aria-hidden": "true" }, icon("canvas")), h("span", { class: "place-name", text: canvas.title })))),
    ]);
  };
}
