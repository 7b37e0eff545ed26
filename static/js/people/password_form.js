/** Name and password: the way in that needs the server once. */
import { useEffect, useRef, useState } from "preact/hooks";

import { html } from "../components/html.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { signIn } from "../store/actions.js";
import { now } from "../store/state.js";
import { leaveSignIn } from "./leave_sign_in.js";
import { refusalWords } from "./refusal_words.js";

/** @param {{username: string}} props of the face that was chosen, else "" */
export default function PasswordForm({ username }) {
  const [who, onName] = useState(username);
  const [refusal, refuse] = useState(/** @type {{words: string, until: number}|null} */ (null));
  const [busy, setBusy] = useState(false);
  const mustWait = (refusal?.until ?? 0) > now.value;
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    setBusy(true);
    refuse(null);
    await signIn({ username: String(given.get("username")).trim(), password: String(given.get("password")) })
      .then(leaveSignIn, (error) => refuse(refusalWords(error, now.value)));
    setBusy(false);
  };
  return html`<form class="signin__form" onSubmit=${submit}>
    <${Fields} who=${who} onName=${onName} />
    <div role="alert" class="signin__error">${refusal && html`<${Note} icon="refused" tone="late">${refusal.words}<//>`}</div>
    <button type="submit" class="btn btn--main btn--wide" disabled=${busy || mustWait}>${busy ? t("Signing in") : t("Sign in")}</button>
  </form>`;
}

/** Plain fields with the names that password managers know. @param {{who: string, onName: (name: string) => void}} props */
function Fields({ who, onName }) {
  const [name, password] = [useRef(/** @type {HTMLInputElement|null} */ (null)), useRef(/** @type {HTMLInputElement|null} */ (null))];
  useEffect(() => (who ? password : name).current?.focus(), []);
  useEffect(() => {
    if (who && document.activeElement !== name.current) password.current?.focus();
  }, [who]);
  return html`
    <div class="field"><label for="username">${t("Name you sign in with")}</label>
      <input ref=${name} class="input" id="username" name="username" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck=${false} required value=${who} onInput=${(/** @type {any} */ event) => onName(event.target.value)} /></div>
    <div class="field"><label for="password">${t("Password")}</label>
      <input ref=${password} class="input" id="password" name="password" type="password" autocomplete="current-password" required /></div>`;
}
