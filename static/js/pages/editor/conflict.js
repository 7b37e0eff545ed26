/** A colleague has saved meanwhile: what differs, line by line, and the decision. Nothing is written before it. */
import ClockTime from "../../components/clock_time.js";
import { html } from "../../components/html.js";
import Note from "../../components/note.js";
import { differences } from "../../lib/plan_compare.js";
import { t } from "../../lib/text.js";
import { keepMine, takeTheirs } from "./model.js";
import { conflict, value } from "./state.js";

const SHOWN = 12;

export default function Conflict() {
  const theirs = conflict.value;
  if (!theirs) return null;
  const found = differences(value.value, theirs.value);
  return html`<section class="editor__conflict" aria-labelledby="conflict">
    <${Note} icon="two" tone="late"><h2 id="conflict">${t("{name} has saved this draft since. Nothing of yours is written yet.", { name: theirs.by_name })}</h2> <${ClockTime} at=${theirs.at} /><//>
    ${found.slice(0, SHOWN).map(({ where, mine, theirs: other }) => html`<div class="change" key=${where}><h3>${where}</h3><div class="change__pair">
      <div class="change__was"><small>${theirs.by_name}</small><p>${other || "–"}</p></div><div class="change__now"><small>${t("you")}</small><p>${mine || "–"}</p></div></div></div>`)}
    ${found.length > SHOWN && html`<p>${t("and {n} more", { n: found.length - SHOWN })}</p>`}
    <div class="row"><button type="button" class="btn grow" onClick=${takeTheirs}>${t("Go on with what {name} wrote", { name: theirs.by_name })}</button>
    <button type="button" class="btn grow" onClick=${keepMine}>${t("Write mine over it")}</button></div>
  </section>`;
}
