/** The striped bar: no contact since when, and how much is safe on this phone. */
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { aloneSince, toneOf } from "./contact_words.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { lapsed, lapsedWords } from "./lapsed.js";

/** @param {{pass?: boolean}} props `pass` false: not here, as this screen is what it would lead to */
export default function Alone({ pass = true }) {
  const past = lapsed.value;
  if (toneOf(contact.value, now.value) !== "alone" && !past) return null;
  const { state, sentence, waiting } = contact.value;
  const mustSignIn = state === "sign_in";
  const say = mustSignIn || state === "not_ours" ? sentence : past ? lapsedWords() : t("Keep going. Nothing is lost.");
  return html`<section aria-label=${t("Contact")}>
    <a class="alone" href=${mustSignIn ? "/app/sign-in" : "/app/entries"}>
      <${Icon} name=${mustSignIn ? "lock" : "alone"} />
      <span><b>${mustSignIn ? t("Sign in again") : aloneSince(contact.value)}</b>${say}</span>
      <span class="alone__count"><b>${t("{n} saved", { n: waiting })}</b>${t("on this phone")}</span>
    </a>
    ${pass && waiting > 0 && !mustSignIn && html`<a class="alone__pass" href="/app/hand-over-entries"><${Icon} name="qr" size="s" />${t("Give my entries to a colleague’s phone")}</a>`}
  </section>`;
}
