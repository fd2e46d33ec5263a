/** The page: load words, take snapshots, show them, and wait for changes. */

import { followAwaited } from "./composer.js";
import { changes, snapshot } from "./door.js";
import { h } from "./dom.js";
import { modals } from "./modal.js";
import { recall, settle } from "./navigation.js";
import { sidebar } from "./sidebar.js";
import { onRender, render, state, user } from "./state.js";
import { talk } from "./talk.js";
import { loadEmoji } from "./text/inline.js";
import { thread } from "./thread.js";
import { readWhatIsOpen, startReading } from "./unread.js";
import { loadWords, speak, t } from "./words.js";

const app = document.getElementById("app");
const offline = h("div", { class: "offline", role: "status", hidden: true });
document.body.prepend(offline);

/** Take a new snapshot in; older ones than the one shown are dropped. */
function take(next, who) {
  if (who !== state.me && state.snapshot) return;
  for (const [channel, messages] of Object.entries(next.messages)) for (const message of messages) message.channel = channel;
  state.snapshot = next;
  state.me = next.me ?? who;
  speak(user(state.me).locale);
  settle();
  startReading();
  app.removeAttribute("aria-busy");
  render();
  followAwaited();
}

async function become(person) {
  Object.assign(state, { me: person, thread: null, editing: null, awaiting: null });
  if (state.pane === "thread") state.pane = "talk";
  take(await snapshot(person), person);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wait for changes for ever; while the server is away, say so and try again. */
async function follow() {
  for (;;) {
    const who = state.me;
    try {
      const { version } = await changes(state.snapshot.version, who);
      if (version !== state.snapshot.version || who !== state.me) {
        const next = await snapshot(state.me);
        take(next, next.me);
      }
      offline.hidden = true;
    } catch {
      offline.textContent = t("offline");
      offline.hidden = false;
      await pause(1000);
    }
  }
}

async function start() {
  await Promise.all([loadWords(), loadEmoji()]);
  speak(navigator.language);
  recall();
  onRender(readWhatIsOpen);
  onRender(sidebar(document.getElementById("sidebar"), become));
  onRender(talk(document.getElementById("talk")));
  onRender(thread(document.getElementById("thread")));
  onRender(modals());
  onRender(() => {
    app.dataset.pane = state.pane;
    app.dataset.thread = state.thread ? "open" : "closed";
  });
  for (;;) {
    try {
      take(await snapshot(state.me), state.me);
      break;
    } catch {
      state.me = null; // the address may name somebody of another workspace
      offline.textContent = t("loading");
      offline.hidden = false;
      await pause(700);
    }
  }
  offline.hidden = true;
  follow();
}

window.addEventListener("popstate", () => {
  const before = state.me;
  recall();
  if (state.me === before) {
    settle();
    render();
  } else become(state.me);
});
document.addEventListener("visibilitychange", render);

start();
