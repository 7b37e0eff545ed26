/** The system speaks, in whole sentences. */
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{icon: string, tone?: ""|"help"|"late"|"way"|"saved"|"plain", lead?: any, role?: string, children?: any}} props */
export default function Note({ icon, tone = "", lead = "", role, children }) {
  return html`<div class=${tone ? `note note--${tone}` : "note"} role=${role}>
    <${Icon} name=${icon} />
    <div>${lead && html`<b>${lead}</b>`}${children}</div>
  </div>`;
}
