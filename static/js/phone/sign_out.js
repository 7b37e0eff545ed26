/** Signing out, and what happens with entries that still wait. */
import { useState } from "preact/hooks";

import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName } from "../components/place.js";
import { t } from "../lib/text.js";
import { go, signOut } from "../store/actions.js";
import { canSeal } from "../store/sealing.js";
import { contact } from "../store/state.js";
import { me } from "../store/view.js";

export default function SignOut() {
  const [asked, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const [seals, setSeals] = useState(false);
  const begin = () => {
    ask(true);
    canSeal().then(setSeals, () => {});
  };
  const leave = async () => {
    setBusy(true);
    await signOut();
    go("/app/sign-in");
  };
  return html`<button type="button" class="btn btn--wide btn--tall" aria-haspopup="dialog" onClick=${begin}><${Icon} name="door" />${t("Sign out")}</button>
    ${asked && html`<${Drawer} title=${t("Sign out")} closeWords=${t("Stay signed in")} onClose=${() => ask(false)}>
      <div class="sheet__body">
        <p>${waitingWords(contact.value.waiting, me.value.name)}${seals && contact.value.waiting > 0 && ` ${t("They are sealed: nobody who signs in here can read them.")}`}</p>
        <p>${t("Signing in again needs the server and your password; the PIN on this device is forgotten.")}</p>
        <button type="button" class="btn btn--main btn--wide" disabled=${busy} onClick=${leave}>${busy ? t("Signing out") : t("Sign out")}</button>
      </div>
    <//>`}`;
}

/** @param {number} n @param {string} name */
export function waitingWords(n, name) {
  if (n === 0) return t("All your entries are on record.");
  const values = { n, name: firstName(name) };
  return n === 1 ? t("1 entry of {name} stays on this device and is sent by itself, under that name.", values) : t("{n} entries of {name} stay on this device and are sent by themselves, under that name.", values);
}
