/** In which language one writes: the plan itself, or its words in another, with what is left to translate. */
import { useState } from "preact/hooks";

import { html } from "../../components/html.js";
import Note from "../../components/note.js";
import { t } from "../../lib/text.js";
import { tongue } from "./state.js";
import { openWords, standing } from "./words_model.js";

/** @param {{plan: string}} props */
export default function Tongue({ plan }) {
  const [refusal, refuse] = useState("");
  const choose = async (/** @type {any} */ event) => {
    refuse("");
    try {
      await openWords(plan, event.target.value);
    } catch (error) {
      event.target.value = tongue.value;
      refuse(/** @type {any} */ (error).msg || t("No contact with the server. Try once more."));
    }
  };
  return html`<div class="field"><label for="tongue">${t("Words of the plan in")}</label>
    <select class="input" id="tongue" value=${tongue.value} onChange=${choose}><option value="">English</option><option value="es" lang="es">Español</option></select>
    ${tongue.value && html`<p class="editor__left" role="status">${left()}</p>`}
    <div role="alert">${refusal && html`<${Note} icon="refused" tone="late" lead=${refusal} />`}</div></div>`;
}

function left() {
  const of = (/** @type {string} */ state) => standing.value.filter((one) => one.state === state).length;
  const [missing, outdated] = [of("missing"), of("outdated")];
  if (missing + outdated === 0) return t("all translated");
  return [missing > 0 && t("{n} not translated", { n: missing }), outdated > 0 && t("{n} outdated", { n: outdated })].filter(Boolean).join(", ");
}
