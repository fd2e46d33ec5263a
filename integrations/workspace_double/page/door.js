/** The server's JSON door: snapshots, the long poll for changes, and what the acting person does. */

import { state } from "./state.js";
import { known, t } from "./words.js";
import { toast } from "./toasts.js";

async function get(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const asWhom = (who) => (who ? `as=${encodeURIComponent(who)}` : "");

export const snapshot = (who) => get(`/_/snapshot?${asWhom(who)}`);

export const changes = (version, who) => get(`/_/changes?since=${encodeURIComponent(version)}&${asWhom(who)}`);

/** Words for an error's name, or for its sentence: "Try again?" is looked up as error_try_again. */
function errorWord(error) {
  const key = `error_${String(error).toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "")}`;
  return known(key) ? t(key) : t("failed", { error });
}

/** Do something as the acting person. Answers what the server says; a refusal is shown as a toast and answered too. */
export async function act(what, details = {}) {
  try {
    const answer = await fetch("/_/act", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: state.me, do: what, ...details }),
    });
    const result = await answer.json();
    if (!result.ok && !result.errors) toast(errorWord(result.error ?? answer.status), "error");
    return result;
  } catch {
    toast(t("no_server"), "error");
    return { ok: false, error: "no_server" };
  }
}
