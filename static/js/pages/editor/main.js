/** The plan editor of the office: opens the draft and shows it. */
import { render } from "preact";

import { html } from "../../components/html.js";
import Note from "../../components/note.js";
import es from "../../i18n/es.js";
import { useZone } from "../../lib/format.js";
import { addLanguage, chooseLanguage, t } from "../../lib/text.js";
import Editor from "./editor.js";
import { open, save, saving } from "./model.js";
import { saveWords, wordsSaving } from "./words_model.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#editor"));
const { plan = "", tz = "UTC", address = "", qrSize = "1", qrPath = "" } = document.body.dataset;

addLanguage("es", es);
chooseLanguage([document.documentElement.lang]);
useZone(tz);
try {
  await open(plan);
  root.replaceChildren();
  render(html`<${Editor} plan=${plan} code=${{ address, size: qrSize, path: qrPath }} />`, root);
} catch (error) {
  const msg = /** @type {any} */ (error).msg || t("No contact with the server. Try once more.");
  root.replaceChildren();
  render(html`<main class="phone__main" id="main"><${Note} icon="alone" tone="late" lead=${msg} /><a class="btn" href=${`/office/plans/${plan}`}>${t("The plan’s page")}</a></main>`, root);
}
addEventListener("online", () => {
  if (saving.value === "kept") save();
  if (wordsSaving.value === "kept") saveWords();
});
const isOpen = (/** @type {string} */ state) => ["typing", "saving", "kept", "conflict"].includes(state);
addEventListener("beforeunload", (event) => (isOpen(saving.value) || isOpen(wordsSaving.value)) && event.preventDefault());
