/** A hospital that does not exist says so on every screen. */
import { t } from "../lib/text.js";
import { session } from "../store/state.js";
import { html } from "./html.js";

export default function Demo() {
  if (!session.value?.site?.demo) return null;
  return html`<aside class="demo" aria-label=${t("Demo")}><b>DEMO</b><span>${t("Nothing here is real.")}</span></aside>`;
}
