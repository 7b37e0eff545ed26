/** Parts of the wall that stand in every state of it: the top line, the list of what is down and works, the promise. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { estimateWords, replacesWords } from "../../components/relation_words.js";
import { clockTime } from "../../lib/format.js";
import { t } from "../../lib/text.js";
import { isDemo } from "./model.js";
import { isLate, promiseOf } from "./rules.js";

/** @param {{place: string, incident: import("./rules.js").Incident|null, lost: boolean, now: number, silentMs?: number}} props */
export function Top({ place, incident, lost, now, silentMs = 0 }) {
  const isExercise = incident?.kind === "exercise";
  return html`<header class="wall__top">
    <p class="wall__unit"><svg class=${lost ? "mark out" : "mark"} aria-hidden="true" focusable="false"><use href="#mark" /></svg><b>${place}</b>${isDemo && html`<span class="tag">DEMO</span>`}</p>
    ${incident && html`<p class="wall__kind"><b class="band__no">${isExercise && html`<${Icon} name="exercise" size="s" />`}${incident.label}</b><span>${isExercise ? t("Exercise, not real") : t("Real incident")}, ${t("since {time}", { time: clockTime(incident.since) })}</span></p>`}
    ${lost ? html`<p class="wall__live"><${Icon} name="alone" /><span>${t("this screen’s own clock")}</span></p>` : html`<${Contact} silentMs=${silentMs} />`}
    <time class="wall__clock">${clockTime(now)}</time>
  </header>`;
}

/** One unanswered question is said before it is a loss. @param {{silentMs: number}} props */
function Contact({ silentMs }) {
  if (!isLate(silentMs)) return html`<p class="wall__live"><${Icon} name="live" /><span>${t("In contact")}</span></p>`;
  return html`<p class="wall__live wall__live--late"><${Icon} name="stale" /><span>${t("last heard {n} s ago", { n: Math.round(silentMs / 1_000) })}</span></p>`;
}

/** @param {{incident: import("./rules.js").Incident}} props */
export function WallFacts({ incident }) {
  const isExercise = incident.kind === "exercise";
  return html`<dl class="facts">
    <div class="facts__down"><dt><${Icon} name="down" />${isExercise ? t("Down, pretended") : t("Down")}</dt>${incident.down.map((one) => html`<dd>${one}</dd>`)}${incident.down.length === 0 && html`<dd>${t("Not named yet")}</dd>`}</div>
    <div class="facts__works"><dt><${Icon} name="works" />${isExercise ? t("Works, pretended") : t("Still works")}</dt>${incident.works.map((one) => html`<dd>${one}</dd>`)}${incident.works.length === 0 && html`<dd>${t("Not known yet")}</dd>`}</div>
  </dl>`;
}

/** @param {{incident: import("./rules.js").Incident, desk: {phone: string}|null, now: number}} props */
export function Promised({ incident, desk, now }) {
  const promise = promiseOf(incident.next_update_at, now);
  if (promise === null) return html`<div class="wall__next"><p>${t("Next update")}</p><p>${t("no time promised yet")}</p></div>`;
  const call = desk ? t("call {phone}", { phone: desk.phone }) : t("ask your leader");
  return html`<div class=${promise.missed ? "wall__next wall__next--missed" : "wall__next"}>
    <p>${promise.missed && html`<${Icon} name="late" /> `}${promise.missed ? t("Update is late") : t("Next update")}</p>
    <time>${clockTime(incident.next_update_at)}</time>
    <p>${promise.missed ? `${t("promised {n} min ago", { n: promise.minutes })}, ${call}` : t("in {n} min, even if nothing changed", { n: promise.minutes })}</p>
  </div>`;
}

/** When it is thought to be back, and how sure that is. @param {{incident: import("./rules.js").Incident}} props */
export function Expected({ incident }) {
  const words = estimateWords(incident.estimate);
  return words ? html`<dl class="facts wall__expected"><div><dt><${Icon} name="repeat" />${t("Expected back")}</dt><dd>${words}</dd></div></dl>` : null;
}

/** @param {{incident: import("./rules.js").Incident}} props */
export function Newest({ incident }) {
  const relation = incident.update?.relation && incident.update.refers_to ? replacesWords(incident.update.relation, incident.update.refers_to) : "";
  if (!incident.update) return html`<p class="wall__update"><b class="band__no">${t("No update yet")}</b></p>`;
  return html`<p class="wall__update"><b class="band__no">${t("Update {no}", { no: incident.update.no })}</b><span>${relation && html`<em>${relation}. </em>`}${incident.update.headline}</span><time>${clockTime(incident.update.at)}</time></p>`;
}
