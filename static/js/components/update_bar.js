/** Says that a newer app lies ready; it is taken by a tap, never by itself while somebody is looking. */
import { t } from "../lib/text.js";
import { update_ready } from "../store/state.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{apply: () => void}} props */
export default function UpdateBar({ apply }) {
  return html`<div role="status">${update_ready.value && html`<${Offer} apply=${apply} />`}</div>`;
}

/** @param {{apply: () => void}} props */
function Offer({ apply }) {
  return html`
    <div class="note note--way">
      <${Icon} name="repeat" />
      <span><b>${t("A new version of Wardlight is ready.")}</b>${t("Your entries stay on this phone.")}</span>
      <span></span>
      <button class="btn" type="button" onClick=${apply}>${t("Update now")}</button>
    </div>
  `;
}
