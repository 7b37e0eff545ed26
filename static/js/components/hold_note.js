/** Why a step is not asked for yet, in one line. */
import { label, t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{b: any}} props body of a held task */
export default function HoldNote({ b }) {
  return html`<p class="task__meta"><${Icon} name=${b.held === "when" ? "info" : "clock"} size="xs" /><span>${holdWords(b)}</span></p>`;
}

/** @param {any} b */
export function holdWords(b) {
  if (b.held === "after") return t("Waits for {codes}", { codes: (b.depends_on ?? []).join(", ") });
  const { step, one_of, at_least, at_most } = b.when;
  if (one_of) return t("Not needed unless {code} says: {answers}", { code: step, answers: one_of.map(label).join(" / ") });
  if (at_most === undefined) return t("Not needed unless {code} counts {n} or more", { code: step, n: at_least });
  if (at_least === undefined) return t("Not needed unless {code} counts {n} or fewer", { code: step, n: at_most });
  return t("Not needed unless {code} counts {n} to {m}", { code: step, n: at_least, m: at_most });
}
