/** The top bar: who am I here, and how fresh is this. */
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { me } from "../store/view.js";
import { contactWords } from "./contact_words.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Mark from "./mark.js";
import { firstName, inSentence, roleTitle, unitShort } from "./place.js";

export default function Top() {
  const words = contactWords(contact.value, now.value);
  return html`<header class="top" data-ground="night">
    <a class="top__who" href="/app/more">
      <${Mark} out=${words.tone !== "live"} />
      <span><b>${whoWords()[0]}</b>${whoWords()[1]}<span class="sr">. ${t("More: language, sign out")}</span></span>
    </a>
    <${ContactChip} words=${words} />
  </header>`;
}

/** @param {{words: ReturnType<typeof contactWords>}} props */
function ContactChip({ words: { tone, icon, head, tail } }) {
  const classes = { live: "contact contact--live", stale: "contact contact--stale", starting: "contact contact--stale", alone: "contact" };
  return html`<a class=${classes[tone]} href="/app/entries">
    <span><b>${head}</b>${tail}</span>${icon && html`<${Icon} name=${icon} />`}
  </a>`;
}

/** @returns {[string, string]} the unit, and the person with the role held there */
function whoWords() {
  const { name, places, units } = me.value;
  const place = places[0];
  const role = place ? inSentence(roleTitle(place.role)) : "";
  const unit = place?.unit ?? units[0];
  return [unit ? unitShort(unit) : "Wardlight", [firstName(name), role].filter(Boolean).join(", ")];
}
