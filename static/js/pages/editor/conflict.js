/** A colleague has saved meanwhile: what differs, line by line, and the decision. Nothing is written before it. */
import ClockTime from "../../components/clock_time.js";
import { html } from "../../components/html.js";
import Note from "../../components/note.js";
import { differences } from "../../lib/plan_compare.js";
import { t } from "../../lib/text.js";
const SHOWN = 12;

/**
 * @param {{mine: any, theirs: any, by: string, at: string, words: string, onTheirs: () => void, onMine: () => void}} props
 *   `words` say what happened; `mine` and `theirs` are contents of a plan, or groups of texts
 */
export default function Conflict({ mine, theirs, by, at, words, onTheirs, onMine }) {
  const found = differences(mine, theirs);
  return html`<section class="editor__conflict" aria-labelledby="conflict">
    <${Note} icon="two" tone="late"><h2 id="conflict">${words}</h2> <${ClockTime} at=${at} /><//>
    ${found.slice(0, SHOWN).map(({ where, mine: own, theirs: other }) => html`<div class="change" key=${where}><h3>${where}</h3><div class="change__pair">
      <div class="change__was"><small>${by}</small><p>${other || "–"}</p></div><div class="change__now"><small>${t("you")}</small><p>${own || "–"}</p></div></div></div>`)}
    ${found.length > SHOWN && html`<p>${t("and {n} more", { n: found.length - SHOWN })}</p>`}
    <div class="row"><button type="button" class="btn grow" onClick=${onTheirs}>${t("Go on with what {name} wrote", { name: by })}</button>
    <button type="button" class="btn grow" onClick=${onMine}>${t("Write mine over it")}</button></div>
  </section>`;
}
