/** A demo hospital says so on every screen; the page that the server sent knows it before anybody signs in. */
import { t } from "../lib/text.js";
import { html } from "./html.js";

export default function DemoMark() {
  if (document.documentElement.dataset.demo === undefined) return null;
  return html`<aside class="demo" aria-label=${t("Demo")}><b>DEMO</b><span>${t("Nothing here is real.")}</span></aside>`;
}
