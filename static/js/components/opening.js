/** What stands there while a screen's own code is on its way; on a phone that keeps the app it is never seen. */
import { t } from "../lib/text.js";
import { html } from "./html.js";

export default function Opening() {
  return html`
    <main class="phone__main" id="main" aria-busy="true">
      <h1 class="title">${t("Opening")}</h1>
      <p>${t("This page is not on this phone yet. It opens with the next contact.")}</p>
      <a class="btn" href="/app/">${t("Back to Now")}</a>
    </main>
  `;
}
