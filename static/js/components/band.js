/** The running incident: its number and name, what to do now, what is down, when the next word comes. */
import { t } from "../lib/text.js";
import { doNow, incidentHeading, incidentKind, incidentNo, linesOf } from "../phone/incident_words.js";
import { contact, now } from "../store/state.js";
import { broadcastsOf, row } from "../store/view.js";
import { clockTime } from "../lib/format.js";
import { isOwn } from "../phone/own_words.js";
import { toneOf } from "./contact_words.js";
import Facts from "./facts.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Lit from "./lit.js";
import NextUpdate from "./promise.js";

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function Band({ incident }) {
  const { b } = incident;
  const tone = toneOf(contact.value, now.value);
  const past = tone === "alone" || tone === "stale";
  const exercise = b.kind === "exercise";
  const updates = broadcastsOf(incident.id).filter((one) => one.b.state === "current");
  const at = contact.value.last_heard_at ?? newestKnown(incident, updates);
  const glow = tone === "live" ? "band--glow" : "";
  return html`<section class=${`band ${glow} ${exercise ? "is-exercise" : ""}`.trim()} data-ground="night" aria-labelledby="what">
    <p class="band__kind"><b class="band__no">${exercise && html`<${Icon} name="exercise" size="s" />`}${incidentNo(b)}</b><span>${incidentKind(b, { past, at })}</span></p>
    <h1 class="band__title" id="what">${incidentHeading(b, { past, at })}</h1>
    <${Lit} say=${doNow(b, updates[0])} past=${past && !isOwn(b)} pastWords=${t("Do now, last heard {time}", { time: clockTime(at) })} exercise=${exercise} more=${stepNote(b)} />
    <${Facts} down=${b.services.map(serviceTitle)} works=${worksOf(b, updates)} tense=${tenseOf(b, tone)} />
    <${NextUpdate} at=${updates.find((one) => one.b.next_update_at)?.b.next_update_at} past=${past} exercise=${exercise} />
  </section>`;
}

/** @param {string} code */
const serviceTitle = (code) => row("service", code)?.b.title ?? code;

/** The newest update that says it, else the plan. @param {any} b @param {Array<{b: any}>} updates */
const worksOf = (b, updates) => linesOf(updates.find((one) => linesOf(one.b.works).length > 0)?.b.works ?? b.works);

/** What was said at the last step of the incident. @param {any} b */
const stepNote = (b) => (["restored", "all_clear"].includes(b.state) ? (b.note ?? "") : "");

/** @param {any} b @param {string} tone @returns {"now"|"past"|"exercise"|"back"|"own"} green is for what is known to be true now */
function tenseOf(b, tone) {
  if (isOwn(b)) return "own";
  if (tone !== "live") return "past";
  if (b.state !== "declared") return "back";
  return b.kind === "exercise" ? "exercise" : "now";
}

/** When nothing has been heard since the app was opened: the newest time this phone holds. @param {{b: any}} incident @param {Array<{b: any}>} updates */
const newestKnown = (incident, updates) => [...Object.values(incident.b.clocks ?? {}), ...updates.map((one) => one.b.at)].filter(Boolean).sort().pop() ?? null;
