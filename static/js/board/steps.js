/** Where the person is in the four steps. */
import { html } from "../components/html.js";
import { t } from "../lib/text.js";

/** @param {{step: number}} props counted from 1 */
export function Steps({ step }) {
  const names = [t("Plan"), t("Services"), t("Units"), t("Confirm")];
  return html`
    <ol class="steps" aria-label=${t("Step {n} of {m}", { n: step, m: names.length })}>
      ${names.map((name, i) => html`
        <li key=${i} class=${i + 1 < step ? "past" : null} aria-current=${i + 1 === step ? "step" : null}>${i + 1} ${name}</li>
      `)}
    </ol>
  `;
}
