/** The bar of a screen one level down: the way back, and how fresh this is. */
import { contact, now } from "../store/state.js";
import { contactWords } from "./contact_words.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{href: string, words: string}} props */
export default function Crumb({ href, words }) {
  const { head, tail } = contactWords(contact.value, now.value);
  return html`<header class="crumb" data-ground="night">
    <a href=${href}><${Icon} name="back" turns=${true} />${words}</a><p>${[head, tail].filter(Boolean).join(", ")}</p>
  </header>`;
}
