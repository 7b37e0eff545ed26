/** A PIN for coming back quickly on this device, also without a network. The password proves who sets it. */
import { useState } from "preact/hooks";

import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { say } from "../store/actions.js";
import { pinPossible, setPin } from "../store/lock.js";
import { now, people, session } from "../store/state.js";
import { setPinWords } from "../people/refusal_words.js";

export default function SetPin() {
  const [asked, ask] = useState(false);
  if (!pinPossible()) return html`<p>${t("A PIN needs a secure address (https).")}</p>`;
  const has = people.value.some(({ id, opens }) => id === session.value?.user.id && opens === "pin");
  return html`<button type="button" class="btn btn--wide" aria-haspopup="dialog" onClick=${() => ask(true)}><${Icon} name="lock" />${has ? t("Change your PIN") : t("Set a PIN")}</button>
    ${asked && html`<${Drawer} title=${has ? t("Change your PIN") : t("Set a PIN")} closeWords=${t("Not now")} onClose=${() => ask(false)}><${Form} onDone=${() => ask(false)} /><//>`}`;
}

/** @param {{onDone: () => void}} props */
function Form({ onDone }) {
  const [refusal, refuse] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const [pin, password] = [String(given.get("pin")), String(given.get("password"))];
    if (pin !== String(given.get("again"))) return refuse(t("The two PINs differ."));
    setBusy(true);
    await setPin({ password, pin }).then(done, (error) => refuse(setPinWords(error, now.value)));
    setBusy(false);
  };
  const done = () => {
    say(t("PIN set. On this device it also works without network."));
    onDone();
  };
  return html`<form class="sheet__body" onSubmit=${submit}>
    <input type="text" name="username" autocomplete="username" value=${session.value?.user.username} hidden readonly />
    <p>${t("4 to 8 digits, not all the same and not in a row. Not the PIN of your bank card.")}</p>
    <${Field} name="pin" words=${t("New PIN")} /><${Field} name="again" words=${t("The same again")} />
    <div class="field"><label for="pin-password">${t("Password")}</label><input class="input" id="pin-password" name="password" type="password" autocomplete="current-password" required /></div>
    <div role="alert">${refusal && html`<${Note} icon="refused" tone="late">${refusal}<//>`}</div>
    <button type="submit" class="btn btn--main btn--wide" disabled=${busy}>${busy ? t("Saving") : t("Keep this PIN")}</button>
  </form>`;
}

/** @param {{name: string, words: string}} props */
const Field = ({ name, words }) => html`<div class="field"><label for=${`pin-${name}`}>${words}</label>
  <input class="input" id=${`pin-${name}`} name=${name} type="password" inputmode="numeric" pattern="[0-9]{4,8}" maxlength="8" autocomplete="off" required /></div>`;
