/** The runner's route, floor by floor: one tap a door, with or without a network. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import IncidentLine from "../components/incident_line.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { route } from "../store/state.js";
import { row } from "../store/view.js";
import DoorRow from "./door_row.js";
import { linesOf } from "./incident_words.js";
import { left } from "./runner_calls.js";
import { kept } from "./task_acts.js";

export default function Runner() {
  const found = row("runner_route", route.value.params.route);
  return html`<${Frame}>
    <${IncidentLine} />
    <main class="phone__main" id="main">
      ${found ? html`<${Walk} id=${found.id} b=${found.b} />` : html`<h1 class="title">${t("This route is not on this phone")}</h1><p>${t("It comes as soon as the server answers.")}</p>`}
    </main>
  <//>`;
}

/** @param {{id: string, b: any}} props */
function Walk({ id, b }) {
  const update = row("broadcast", b.broadcast)?.b;
  const n = left(b);
  return html`<h1 class="title">${t("Runner: update {no}", { no: b.no })}</h1>
    ${update && update.state !== "current" && html`<${Note} icon="warn" tone="late" lead=${t("Update {no} is not current any more.", { no: b.no })}>${t("Ask the command centre before you go on.")}<//>`}
    ${b.state === "ended" && html`<${Note} icon="record">${t("This route is ended.")}<//>`}
    <section class="sheet" aria-labelledby="tell"><div class="sheet__head"><h2 id="tell">${t("Read this out at every door")}</h2></div>
      <div class="sheet__body"><p><b>${b.headline}</b></p>${linesOf(b.do_now).map((line) => html`<p key=${line}>${line}</p>`)}</div></section>
    <section class="sheet" aria-labelledby="doors"><div class="sheet__head"><h2 id="doors">${t("Doors, floor by floor")}</h2><p role="status">${n === 0 ? t("all done") : t("{n} to go", { n })}</p></div>
      <ul>${b.units.map((/** @type {string} */ unit) => html`<${DoorRow} key=${unit} unit=${unit} broadcast=${b.broadcast} route=${id} reached=${b.reached?.[unit] ?? null} />`)}</ul></section>
    <a class="btn btn--wide no-print" href=${`/runner/${id}`}><${Icon} name="printer" />${t("Print this route")}</a>
    ${b.state === "open" && html`<button type="button" class="btn btn--wide" onClick=${() => kept(record("runner.end", { route: id }), t("Saved on this phone."))}><${Icon} name="check" />${t("I am back")}</button>`}`;
}
