/** One line, a few seconds, one way back. */
import { t } from "../lib/text.js";
import { undo } from "../store/actions.js";
import { toast } from "../store/state.js";
import { html } from "./html.js";
import Icon from "./icon.js";

export default function Toast() {
  const shown = toast.value;
  return html`<div class="toasts" role="status">
    ${shown && html`<div class="toast"><span>${shown.text}</span>${shown.undo && html`<${Undo} op=${shown.undo} />`}</div>`}
  </div>`;
}

/** @param {{op: string}} props */
function Undo({ op }) {
  return html`<button type="button" onClick=${() => undo(op)}><${Icon} name="undo" size="s" />${t("Undo")}</button>`;
}
