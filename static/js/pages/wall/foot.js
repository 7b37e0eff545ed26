/** The foot of the wall: the unit's steps, the way in without an account, and whether a tone can be heard. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { t } from "../../lib/text.js";

/**
 * @typedef {{address: string, size: string, path: string}} Code
 * @param {{counts: import("./rules.js").Counts|null, code: Code|null, sound: boolean, onSound: () => void}} props
 */
export default function Foot({ counts, code, sound, onSound }) {
  return html`<footer class=${code ? "wall__foot" : "wall__foot wall__foot--slim"}>
    <div class="wall__tally">${counts && html`<${Counted} counts=${counts} />`}
      ${sound ? html`<p><span class="chip chip--plain"><${Icon} name="bell" />${t("A new number sounds here")}</span></p>` : html`<p><button class="btn wall__sound" type="button" onClick=${onSound}><${Icon} name="bell" />${t("No tone yet: tap here once")}</button></p>`}
    </div>
    ${code && html`<div class="wall__qr"><p>${t("No account?")}<b>${t("Scan, or type")}</b><span class="code">${code.address}</span></p><svg class="qr" viewBox=${`0 0 ${code.size} ${code.size}`} role="img" aria-label=${t("QR code of the address beside it")}><path fill="none" stroke="currentColor" d=${code.path} /></svg></div>`}
  </footer>`;
}

/** @param {{counts: import("./rules.js").Counts}} props */
function Counted({ counts }) {
  return html`<p><b>${t("{done} of {total} done", { done: counts.now_done, total: counts.now_total })}</b>
    ${counts.overdue > 0 && html`<span class="chip chip--plain chip--late"><${Icon} name="late" />${t("{n} late", { n: counts.overdue })}</span>`}
    ${counts.blocked > 0 && html`<span class="chip chip--plain chip--help"><${Icon} name="blocked" />${t("{n} help", { n: counts.blocked })}</span>`}</p>
    <progress class="wunit__bar" max=${Math.max(1, counts.now_total)} value=${counts.now_done} aria-label=${t("{done} of {total} done", { done: counts.now_done, total: counts.now_total })}></progress>`;
}
