/** Where the hospital may write to this person when the app cannot reach them. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { say } from "../store/actions.js";
import { keepAddresses } from "../store/addresses.js";
import { row } from "../store/view.js";

export default function Addresses() {
  const [refusal, refuse] = useState("");
  const known = (/** @type {string} */ channel) => row("address", `address:${channel}`)?.b.address ?? "";
  const [email, mobile] = [known("email"), known("sms")];
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    await keepAddresses({ email: String(given.get("email")), mobile: String(given.get("mobile")) }).then(
      () => {
        refuse("");
        say(t("Your addresses are kept."));
      },
      (error) => refuse(error?.code === "no_contact" ? t("No answer from the server. Nothing was changed.") : error?.msg || t("Nothing was changed.")),
    );
  };
  return html`<section class="sheet" aria-labelledby="addresses"><div class="sheet__head"><h2 id="addresses">${t("Other ways to reach you")}</h2></div>
    <form class="sheet__body" key=${`${email}|${mobile}`} onSubmit=${submit}>
      <p>${t("Used only for incidents, if your hospital has set up e-mail or SMS. Empty takes it away.")}</p>
      <div class="field"><label for="own-email">${t("E-mail")}</label><input class="input" id="own-email" name="email" type="email" autocomplete="email" value=${email} /></div>
      <div class="field"><label for="own-mobile">${t("Mobile number, with its country")}</label><input class="input" id="own-mobile" name="mobile" type="tel" autocomplete="tel" value=${mobile} /></div>
      <div role="alert">${refusal && html`<${Note} icon="refused" tone="late">${refusal}<//>`}</div>
      <button type="submit" class="btn btn--wide">${t("Keep these")}</button>
    </form></section>`;
}
