/** Lines of the empty log: each becomes a note of the unit, with its time and initials. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Initials from "../components/initials.js";
import Note from "../components/note.js";
import TextField from "../components/text_field.js";
import { clockTime } from "../lib/format.js";
import { areInitials } from "../lib/paper_rules.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { atHand } from "../store/at_hand.js";
import { colleagues } from "../store/paper.js";
import { now } from "../store/state.js";
import { rowsOf } from "../store/view.js";
import { kept } from "./task_acts.js";

/** @param {{sheet: import("../lib/paper_rules.js").Sheet}} props */
export default function PaperLog({ sheet: { unit } }) {
  const incident = atHand.value;
  const [line, set] = useState({ time: clockTime(now.value), text: "", initials: "" });
  if (!incident) return html`<${Note} icon="info">${t("Nothing runs in your unit. A sheet is typed in when its incident is declared, or the unit has started its cards.")}<//>`;
  const isWhole = line.text.trim() !== "" && areInitials(line.initials);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = t("{time}, {initials}, from paper: {text}", { time: line.time, initials: line.initials.trim(), text: line.text.trim() });
    if (isWhole && (await kept(record("note.add", { incident: incident.id, unit, text }), t("Line saved on this phone.")))) set({ ...line, text: "" });
  };
  return html`<form class="sheet" onSubmit=${submit}><div class="sheet__body">
      <div class="field"><label for="log-time">${t("About when")}</label><input class="input" id="log-time" type="time" required value=${line.time} onInput=${(/** @type {any} */ event) => set({ ...line, time: event.target.value })} /></div>
      <${TextField} id="log-text" label=${t("What happened")} rows=${2} value=${line.text} onInput=${(/** @type {string} */ text) => set({ ...line, text })} />
      <${Initials} id="log-initials" label=${t("Initials on the sheet")} value=${line.initials} person=${null} people=${colleagues(unit)} onChange=${(/** @type {string} */ initials) => set({ ...line, initials })} />
      <button type="submit" class="btn btn--main btn--wide" disabled=${!isWhole}><${Icon} name="check" />${t("Enter the line")}</button>
    </div></form>
    <${Lines} incident=${incident.id} unit=${unit} />`;
}

/** What the unit has noted, so that no line is typed twice. @param {{incident: string, unit: string}} props */
function Lines({ incident, unit }) {
  const notes = rowsOf("note").filter(({ b }) => b.incident === incident && b.unit === unit);
  if (notes.length === 0) return null;
  return html`<section class="sheet" aria-labelledby="noted"><div class="sheet__head"><h2 id="noted">${t("Noted already")}</h2></div>
    <ul>${notes.map(({ id, b, pending }) => html`<li class="msg" key=${id}><${Icon} name=${pending ? "saved" : "record"} /><span><span class="msg__title">${b.text}</span><span class="msg__meta">${b.by_name}, ${clockTime(b.at)}${pending ? ` · ${t("Saved on this phone")}` : ""}</span></span></li>`)}</ul></section>`;
}
