/** The all-clear: a proposal until IT and a clinical lead have both signed. A signature is kept without contact. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { inSentence, roleTitle } from "../components/place.js";
import { voiceWords } from "../components/planned_words.js";
import TextField from "../components/text_field.js";
import { clockTime } from "../lib/format.js";
import { VOICES } from "../lib/planned_rules.js";
import { checkLines, signatureWaits } from "../lib/recovery_rules.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { entries, may, me, row, rowsOf } from "../store/view.js";

/** @param {{incident: import("./board_types.js").Shown}} props */
export function RecoverySign({ incident }) {
  const { id, b } = incident;
  const said = b.all_clear ?? {};
  const mine = VOICES.some((voice) => said[voice]?.by === me.value.id);
  return html`
    <section class="sheet" aria-labelledby="allclear">
      <div class="sheet__head"><h2 id="allclear">${t("All-clear")}</h2><p>${t("two people: IT and clinical")}</p></div>
      <ul>${VOICES.map((voice) => html`<${Voice} key=${voice} voice=${voice} said=${said[voice]} />`)}</ul>
      ${b.state === "restored" && may("incident.go") && !mine && html`<${Sign} id=${id} b=${b} />`}
    </section>
  `;
}

/** @param {{voice: string, said: any}} props */
const Voice = ({ voice, said }) => html`<li class="ask"><p class="ask__head"><b>${voiceWords(voice)}</b><${Chip} plain=${!said} tone=${said ? "way" : ""} icon=${said ? "check" : "open"}>${said ? t("signed") : t("not signed")}<//></p>
  ${said && html`<p>${said.by_name}, ${inSentence(roleTitle(said.role))}, ${clockTime(said.at)}${said.note && `: “${said.note}”`}</p>`}</li>`;

/** @param {{id: string, b: any}} props */
function Sign({ id, b }) {
  const [note, write] = useState("");
  const wanted = (row("recovery", "recovery")?.b.checks ?? []).map((/** @type {any} */ one) => one.key);
  const left = checkLines(b.units ?? [], rowsOf("unit_check"), id, wanted).filter((line) => !line.confirmed).length;
  if (signatureWaits(entries.value, id)) return html`<div class="sheet__body"><${Note} icon="saved" tone="saved" lead=${t("Your signature is saved on this phone.")}>${t("It counts when it arrives.")}<//></div>`;
  const sign = () => kept(record("allclear.sign", { incident: id, note: note.trim() }), t("Signed. Saved on this phone."));
  return html`<div class="sheet__body">
    ${left > 0 && html`<${Note} icon="warn" tone="late" lead=${t("{n} units have not confirmed.", { n: left })}>${t("Say why it is safe all the same.")}<//>`}
    <${TextField} id="ac-note" label=${left > 0 ? t("Why it is safe (needed)") : t("From which time on the system is right (optional)")} rows=${2} warning=${t("no patient names")} value=${note} onInput=${write} />
    <button type="button" class="btn btn--main btn--wide" disabled=${left > 0 && !note.trim()} onClick=${sign}><${Icon} name="works" />${t("Sign the all-clear")}</button>
  </div>`;
}
