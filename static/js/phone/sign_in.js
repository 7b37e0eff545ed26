/** Who is here now: name and password, and those who have signed in on this device before. */
import { useEffect, useRef, useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Mark from "../components/mark.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { go, signIn } from "../store/actions.js";
import { contact, now, session } from "../store/state.js";
import KnownPeople from "./known_people.js";
import { refusalWords } from "./refusal_words.js";

export default function SignIn() {
  const [who, choose] = useState("");
  return html`<header class="top" data-ground="night">
      <p class="top__who"><${Mark} out=${contact.value.state === "alone"} /><span><b>Wardlight</b>${session.value?.site?.name ?? t("the light that stays on")}</span></p>
      <a class="contact" href="/"><span><b>${t("What is down?")}</b>${t("public status")}</span><${Icon} name="chevron" turns=${true} /></a>
    </header>
    <main class="phone__main signin" id="main">
      <div class="signin__who"><h1 class="title">${t("Who is here now?")}</h1><${KnownPeople} chosen=${who} onChoose=${choose} /></div>
      <div class="signin__pin"><${Form} who=${who} onName=${choose} />
        <${Note} icon="lock" tone="plain">${t("Entries of others on this device stay theirs and go out under their names.")}<//></div>
    </main>`;
}

/** @param {{who: string, onName: (name: string) => void}} props */
function Form({ who, onName }) {
  const [refusal, refuse] = useState(/** @type {{words: string, until: number}|null} */ (null));
  const [busy, setBusy] = useState(false);
  const mustWait = (refusal?.until ?? 0) > now.value;
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    setBusy(true);
    refuse(null);
    await signIn({ username: String(given.get("username")).trim(), password: String(given.get("password")) })
      .then(leave, (error) => refuse(refusalWords(error, now.value)));
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

/** The screens are there as soon as the person is known; who has walked on meanwhile is not called back. */
const leave = () => {
  if (location.pathname === "/app/sign-in") go("/app/");
};
