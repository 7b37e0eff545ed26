/** One line, a few seconds, one way back. It floats above the entries at the bottom, so that Undo is under the thumb. */
import { t } from "../lib/text.js";
import { undo } from "../store/actions.js";
import { toast } from "../store/state.js";
import { html } from "./html.js";
import Icon from "./icon.js";

const FLOATING = { position: "sticky", zIndex: "var(--z-toast)", paddingInline: "var(--space-4)" };

/** @param {{above?: string}} props how much of the bottom is taken */
export default function Toast({ above = "5rem" }) {
  const shown = toast.value;
  return html`<div role="status" style=${{ ...FLOATING, insetBlockEnd: above }}>
    ${shown && html`<div class="toast"><span>${shown.text}</span>${shown.undo && html`<${Undo} op=${shown.undo} />`}</div>`}
  </div>`;
}

/** @param {{op: string}} props */
function Undo({ op }) {
  return html`<button type="button" onClick=${() => undo(op)}><${Icon} name="undo" size="s" />${t("Undo")}</button>`;
}
