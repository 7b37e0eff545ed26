/** The rows of a sheet: what is on record already, and the rest by one tap each. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Note from "../components/note.js";
import RadioRow from "../components/radio_row.js";
import { unitName } from "../components/place.js";
import { toMs } from "../lib/clock.js";
import { runsWith } from "../lib/paper_rules.js";
import { label, t } from "../lib/text.js";
import { workOf } from "../store/at_hand.js";
import { stepsAtHand } from "../store/paper.js";
import { now } from "../store/state.js";
import { row, unitTasks } from "../store/view.js";
import { incidentName, incidentNo } from "./incident_words.js";
import PaperRow from "./paper_row.js";
import { phaseTitle } from "./phases.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */
/** @typedef {{about: number, initials: string[], people: Array<string|null>}} Carry  what the row below begins with */

const CLOSED = ["done", "skipped"];

/** @param {{sheet: import("../lib/paper_rules.js").Sheet, code: string}} props */
export default function PaperSheet({ sheet, code }) {
  const runs = runsWith(sheet, stepsAtHand()).map(workOf).filter((run) => run !== null);
  const [asked, ask] = useState("");
  const run = runs.find(({ id }) => id === asked) ?? runs[0];
  if (!run) return html`<${Note} icon="info" lead=${t("Nothing that uses this sheet runs in {unit}.", { unit: unitName(sheet.unit) })}>${t("Keep the sheet. It is typed in when the incident is declared, or the unit has started its cards.")}<//><a class="btn btn--wide" href="/app/start">${t("Start the cards")}</a>`;
  return html`<p>${label(row("plan", sheet.plan)?.b.title ?? sheet.plan)}</p>
    ${runs.length > 1 && html`<${RadioRow} label=${t("Of which incident")} value=${run.id} onChange=${ask} choices=${runs.map(({ id, b }) => ({ value: id, words: b.no ? incidentNo(b) : incidentName(b) }))} />`}
    <${Rows} key=${run.id} run=${run} sheet=${sheet} code=${code} />`;
}

/** @param {{run: Task, sheet: import("../lib/paper_rules.js").Sheet, code: string}} props */
function Rows({ run, sheet, code }) {
  const tasks = unitTasks(run.id, sheet.unit).filter(({ b }) => b.role === sheet.role && b.plan === sheet.plan);
  const begun = toMs(run.b.clocks.TD ?? run.b.clocks.T0);
  const [carry, setCarry] = useState(/** @type {Carry} */ ({ about: Number.isNaN(begun) ? now.value : begun, initials: ["", ""], people: [null, null] }));
  const [opened, open] = useState("");
  const left = tasks.filter(({ b }) => !CLOSED.includes(b.state));
  const litId = left.find(({ id }) => id === opened)?.id ?? left[0]?.id;
  const kept = (/** @type {Carry} */ next) => (setCarry(next), open(""));
  return html`<p role="status"><b>${t("{n} of {m} rows are on record or saved here.", { n: tasks.length - left.length, m: tasks.length })}</b> ${t("What a phone has recorded is not doubled.")}</p>
    ${phasesOf(tasks).map(([phase, rows]) => html`<section key=${phase} aria-label=${phaseTitle(phase)}><div class="phase"><h2>${phaseTitle(phase)}</h2></div>
      <ol class="tasks">${rows.map((task) => html`<${PaperRow} key=${task.id} task=${task} code=${code} lit=${task.id === litId} carry=${carry} onOpen=${() => open(task.id)} onKept=${kept} />`)}</ol></section>`)}`;
}

/** @param {Task[]} tasks in card order @returns {Array<[string, Task[]]>} */
function phasesOf(tasks) {
  const phases = [...new Set(tasks.map(({ b }) => b.phase))];
  return phases.map((phase) => [phase, tasks.filter(({ b }) => b.phase === phase)]);
}
