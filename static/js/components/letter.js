/** The text of an update. A replaced one stays readable, struck, with the way to the newest. */
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { incidentNo, linesOf } from "../phone/incident_words.js";
import { row } from "../store/view.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import Facts from "./facts.js";
import { html } from "./html.js";
import Lit from "./lit.js";
import Note from "./note.js";
import LetterMore, { DoNot } from "./letter_more.js";
import { firstName } from "./place.js";
import NextUpdate from "./promise.js";
import { replacedWords, replacesWords } from "./relation_words.js";
import { senderWords } from "./update_row.js";

/** @param {{update: import("../lib/types.js").ViewRow, past: boolean}} props */
export default function Letter({ update: { b }, past }) {
  const exercise = b.kind === "exercise";
  const isCurrent = b.state === "current";
  const services = row("incident", b.incident)?.b.services ?? [];
  const said = linesOf(b.what_down);
  const down = said.length ? said : services.map((/** @type {string} */ code) => row("service", code)?.b.title ?? code);
  return html`<article class="letter">
    <${Head} b=${b} />
    ${!isCurrent && html`<${Replaced} b=${b} />`}
    <div class="words"><${Replaces} b=${b} />${exercise && html`<${Chip} tone="exercise" icon="exercise">${t("Exercise, not real")}<//>`}</div>
    <h1 class="letter__title">${isCurrent ? b.headline : html`<s>${b.headline}</s>`}</h1>
    <${Lit} say=${label(b.do_now)} past=${!isCurrent || past} pastWords=${isCurrent ? t("Do now, last heard {time}", { time: clockTime(b.at) }) : t("What it said, {time}", { time: clockTime(b.at) })} exercise=${exercise} />
    <${DoNot} say=${b.do_not} />
    <${Facts} down=${isCurrent ? down : []} works=${linesOf(b.works)} tense=${!isCurrent || past ? "past" : exercise ? "exercise" : "now"} />
    <${LetterMore} b=${b} />
    ${isCurrent && html`<${NextUpdate} at=${b.next_update_at} past=${past} exercise=${exercise} />`}
  </article>`;
}

/** @param {{b: any}} props */
function Head({ b }) {
  const incident = row("incident", b.incident)?.b;
  const kind = b.kind === "exercise" ? t("exercise, not real") : t("real incident");
  return html`<header class="letter__head">
    <b class="letter__no" aria-hidden="true">${b.no}</b>
    <div><p><b>${t("Update {no} of incident {incident}", { no: b.no, incident: incident ? incidentNo(incident) : "" })}</b> · ${kind}</p>
      <p><${ClockTime} at=${b.at} /> · ${senderWords(b)}${b.approved_by_name && ` · ${t("approved by {name}", { name: firstName(b.approved_by_name) })}`}</p></div>
  </header>`;
}

/** @param {{b: any}} props */
function Replaces({ b }) {
  const older = b.supersedes && row("broadcast", b.supersedes);
  const no = b.refers_to ?? older?.b.no;
  return no ? html`<${Chip} icon="undo">${replacesWords(b.relation, no)}<//>` : null;
}

/** @param {{b: any}} props */
function Replaced({ b }) {
  if (!b.superseded_by) return html`<${Note} icon="undo" lead=${t("Update {no} was taken back.", { no: b.no })}>${t("Do not act on it.")}<//>`;
  const newest = newestAfter(b);
  return html`<${Note} icon="undo" tone=${b.superseded_by.relation === "cancels" ? "late" : ""} lead=${replacedWords(b)}>
    ${b.superseded_by.relation === "cancels" && html`${t("Do not act on it.")} `}
    <a class="btn btn--plain" href=${`/app/updates/${newest.id}`}>${t("Read update {no}", { no: newest.no })}</a><//>`;
}

/** The one that replaced it may itself be replaced. @param {any} b @returns {{id: string, no: number}} */
function newestAfter(b) {
  let newest = b.superseded_by;
  for (let hops = 0; hops < 50; hops += 1) {
    const further = row("broadcast", newest.id)?.b.superseded_by;
    if (!further) break;
    newest = further;
  }
  return newest;
}
