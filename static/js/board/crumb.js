/** Where "back" leads, and how far this has got. */
import Icon from "../components/icon.js";
import { html } from "../components/html.js";
import { contactWords } from "./contact_words.js";

/** @param {{href: string, back: string, say?: string}} props `say` stands in place of the contact */
export function Crumb({ href, back, say }) {
  const { fresh, state, age } = contactWords();
  const words = say && fresh ? say : [state, age].filter(Boolean).join(", ");
  return html`
    <header class="crumb" data-ground="night">
      <a href=${href}><${Icon} name="back" turns=${true} />${back}</a>
      <p class=${fresh ? null : "contact contact--stale"}>${words}</p>
    </header>
  `;
}
