/** The way back: the other phone's word that it has the entries, and the receipt that they are on record. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import Scanner from "../components/scanner.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { takeCode } from "../store/handing.js";
import { handed } from "../store/state.js";
import { handedWords, tookWords } from "./relay_words.js";

/** @typedef {import("../store/carrying.js").Took} Took */

export default function Answers() {
  const [took, setTook] = useState(/** @type {Took|null} */ (null));
  const given = handed.value.filter(({ taken, record_at }) => taken || record_at !== null);
  if (handed.value.length === 0) return null;
  const said = took && tookWords(took);
  return html`<section class="sheet" aria-labelledby="answers"><div class="sheet__head"><h2 id="answers">${t("What came back")}</h2></div>
    ${given.length > 0 && html`<ul>${given.map((one) => html`<${Given} key=${one.digest} one=${one} />`)}</ul>`}
    <div class="sheet__body">
      <p>${t("When your colleague is back with a receipt, scan it or type its six letters.")}</p>
      ${said && html`<${Note} icon=${said.icon} tone=${said.tone} role="status">${said.words}<//>`}
      <${Scanner} onTook=${setTook} />
      <${Typed} onTook=${setTook} />
    </div>
  </section>`;
}

/** @param {{one: import("../lib/handed.js").Handed}} props */
function Given({ one }) {
  const { icon, tone, words } = handedWords({ ...one, refused: one.refused.length > 0 });
  const n = one.ops.length;
  return html`<li class="entry"><time>${clockTime(one.at)}</time><div class="entry__body"><p class="entry__what">${n === 1 ? t("1 entry") : t("{n} entries", { n })}</p><${Chip} icon=${icon} tone=${tone}>${words}<//></div></li>`;
}

/** @param {{onTook: (took: Took) => void}} props */
function Typed({ onTook }) {
  const [code, setCode] = useState("");
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const known = await takeCode(code);
    if (known) setCode("");
    onTook({ kind: "R", st: known ? "receipt" : "unknown" });
  };
  return html`<form class="receipt-form" onSubmit=${send}>
    <div class="field"><label for="receipt"><span>${t("Six letters of the receipt")}</span></label>
      <input class="input" id="receipt" type="text" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck=${false} value=${code} onInput=${(/** @type {any} */ event) => setCode(event.target.value)} /></div>
    <button class="btn" disabled=${code.trim() === ""}>${t("Check")}</button>
  </form>`;
}
