/** Signing out, and what happens with entries that still wait. */
import { useState } from "preact/hooks";

import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { go, signOut } from "../store/actions.js";
import { contact } from "../store/state.js";

export default function SignOut() {
  const [asked, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const waiting = contact.value.waiting;
  const leave = async () => {
    setBusy(true);
    await signOut();
    go("/app/sign-in");
  };
  return html`<button type="button" class="btn btn--wide btn--tall" aria-haspopup="dialog" onClick=${() => ask(true)}><${Icon} name="lock" />${t("Sign out")}</button>
    ${asked && html`<${Drawer} title=${t("Sign out")} closeWords=${t("Stay signed in")} onClose=${() => ask(false)}>
      <div class="sheet__body">
        <p>${waiting > 0 ? t("{n} entries wait. They stay on this phone and are sent under your name.", { n: waiting }) : t("All your entries are on record.")}</p>
        <p>${t("Signing in again needs the server.")}</p>
        <button type="button" class="btn btn--main btn--wide" disabled=${busy} onClick=${leave}>${busy ? t("Signing out") : t("Sign out")}</button>
      </div>
    <//>`}`;
}
