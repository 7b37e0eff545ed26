/** The operational period: since when, until when, and the next one, which takes open objectives and a hand-over along. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import TextField from "../components/text_field.js";
import { dayAndTime } from "../lib/format.js";
import { runningPeriod } from "../lib/command_rules.js";
import { fieldOf, instantOf } from "../lib/planned_rules.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { now, session } from "../store/state.js";
import { rowsOf } from "../store/view.js";
import { TimeField } from "./time_field.js";

const SHIFT_MS = 12 * 3600_000;

/** @param {{incident: {id: string, b: any}}} props */
export function CommandPeriod({ incident }) {
  const [open, show] = useState(/** @type {number|null} */ (null));
  const periods = rowsOf("period").filter(({ b }) => b.incident === incident.id);
  const running = runningPeriod(periods, incident.b, now.value);
  return html`<section class="sheet" aria-labelledby="period">
    <div class="sheet__head"><h2 id="period">${t("Operational period {no}", { no: running.no })}</h2><p>${t("since {time}", { time: dayAndTime(running.starts_at) })}</p></div>
    <div class="sheet__body">
      <p>${running.ends_at ? t("meant to end {time}", { time: dayAndTime(running.ends_at) }) : t("no end is set")}</p>
      ${running.note && html`<p>${t("Handed over: “{note}”", { note: running.note })}</p>`}
      ${running.over && html`<${Note} icon="late" tone="late" lead=${t("This period should have ended.")}>${t("Begin the next one, and hand over the positions.")}<//>`}
      ${open === null ? html`<div class="row"><button type="button" class="btn grow" onClick=${() => show(running.no + 1)}><${Icon} name="clock" size="s" />${t("Begin period {no}", { no: running.no + 1 })}</button><button type="button" class="btn" onClick=${() => show(running.no)}>${t("Set its end")}</button></div>`
        : html`<${Form} key=${open} incident=${incident} no=${open} next=${open > running.no} onDone=${() => show(null)} />`}
      ${periods.length > 1 && html`<details><summary>${t("Earlier periods: {n}", { n: periods.length - 1 })}</summary><ul>${periods.filter(({ b }) => b.no !== running.no).map(({ id, b }) => html`<li key=${id}>${b.no}: ${dayAndTime(b.starts_at)} – ${dayAndTime(b.ended_at)}</li>`)}</ul></details>`}
    </div></section>`;
}

/** @param {{incident: {id: string}, no: number, next: boolean, onDone: () => void}} props */
function Form({ incident, no, next, onDone }) {
  const tz = session.value?.site.tz ?? "UTC";
  const [end, setEnd] = useState(fieldOf(new Date(now.value + SHIFT_MS).toISOString(), tz));
  const [note, write] = useState("");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const args = { incident: incident.id, no, ends_at: end ? instantOf(end, tz) : null, note: note.trim() };
    if (await kept(record("period.begin", args), t("Saved on this phone."))) onDone();
  };
  return html`<form onSubmit=${submit}><${TimeField} id="pe-end" label=${t("Meant to end")} value=${end} onInput=${setEnd} />
    ${next && html`<${TextField} id="pe-note" label=${t("What the next period must know")} rows=${3} max=${400} value=${note} onInput=${write} />`}
    <div class="row"><button type="submit" class="btn btn--main grow">${next ? t("Begin period {no}", { no }) : t("Set its end")}</button><button type="button" class="btn" onClick=${onDone}>${t("Cancel")}</button></div></form>`;
}
