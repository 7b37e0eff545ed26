/** From the board to paper and back: packets for units that lose their phones, sheets that come back. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";

/** @param {{plan?: string}} props the plan whose packet is most likely wanted */
export function PaperLinks({ plan = "" }) {
  return html`<div class="row no-print">
    <a class="btn" href=${`/packets?plan=${encodeURIComponent(plan)}`}><${Icon} name="printer" />${t("Print packet")}</a>
    <a class="btn" href="/app/paper"><${Icon} name="pen" />${t("Type a sheet back in")}</a>
  </div>`;
}
