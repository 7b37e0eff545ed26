/** What is still open when an incident moves on. It warns, it does not forbid. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";

/** @param {{counts: ReturnType<typeof import("../lib/advance_rules.js").stillOpen>}} props */
export function OpenCounts({ counts }) {
  const { open, late, safetyLate, blocked, asks, silent } = counts;
  const lines = [
    { n: safetyLate, icon: "shield", cls: "chip chip--late", text: t("Safety late: {n}", { n: safetyLate }) },
    { n: late, icon: "late", cls: "chip chip--late", text: t("Late in all: {n}", { n: late }) },
    { n: blocked, icon: "blocked", cls: "chip chip--help", text: t("Blocked: {n}", { n: blocked }) },
    { n: asks, icon: "hand", cls: "chip chip--help", text: t("Ask for help: {n}", { n: asks }) },
    { n: silent, icon: "alone", cls: "chip chip--saved", text: t("Silent units: {n}", { n: silent }) },
    { n: open, icon: "open", cls: "chip", text: t("Open tasks: {n}", { n: open }) },
  ].filter(({ n }) => n > 0);
  return html`
    <section class="sheet" aria-labelledby="open">
      <div class="sheet__head"><h2 id="open">${t("Still open")}</h2></div>
      <div class="sheet__body">
        ${safetyLate > 0 && html`<p class="note note--late"><${Icon} name="shield" /><span><b>${t("Safety tasks are not done.")}</b>${t("Call these units before you go on.")}</span></p>`}
        ${lines.length > 0 ? html`<p class="words">${lines.map(({ icon, cls, text }) => html`<span key=${icon} class=${cls}><${Icon} name=${icon} size="s" />${text}</span>`)}</p>` : html`<p>${t("Nothing is open.")}</p>`}
      </div>
    </section>
  `;
}
