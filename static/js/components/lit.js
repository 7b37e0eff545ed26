/** The light falls on what to do now. In the past it is unlit, dashed and dated. */
import { t } from "../lib/text.js";
import { linesOf } from "../phone/incident_words.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{say: string, past?: boolean, pastWords?: string, exercise?: boolean, more?: string}} props */
export default function Lit({ say, past = false, pastWords = "", exercise = false, more = "" }) {
  const lines = linesOf(say);
  if (lines.length === 0) return null;
  const words = past ? pastWords : exercise ? t("Do now, as practice") : t("Do now");
  return html`<section class=${past ? "lit lit--past" : "lit"} aria-label=${t("Do now")}>
    <h2 class="lit__label"><${Icon} name=${past ? "stale" : "lamp"} size="s" /><span>${words}</span></h2>
    ${lines.length > 1 ? html`<ol class="orders">${lines.map((line) => html`<li>${line}</li>`)}</ol>` : html`<p class="lit__say">${lines[0]}</p>`}
    ${more && html`<p class="lit__more">${more}</p>`}
  </section>`;
}
