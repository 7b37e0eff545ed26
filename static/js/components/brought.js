/** What a colleague's phone has brought: newer than what this one heard itself, signed by the server, and dated. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { doNow, incidentHeading, incidentKind, incidentNo, linesOf } from "../phone/incident_words.js";
import { row } from "../store/view.js";
import { broughtWords } from "./brought_later.js";
import Facts from "./facts.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Lit from "./lit.js";
import NextUpdate from "./promise.js";

/** @typedef {import("../lib/status_rules.js").Status} Status */
/** @typedef {import("../lib/status_rules.js").StatusIncident} StatusIncident */

/** @param {{news: Status}} props */
export default function Brought({ news }) {
  return html`<section class="band" data-ground="night" aria-labelledby="what">
    <p class="band__kind"><${Icon} name="qr" size="s" /><span>${broughtWords(news)}</span></p>
    ${news.incidents.length === 0 && html`<h1 class="band__title" id="what">${t("Nothing was down")}</h1>`}
    ${news.incidents.map((incident, i) => html`<${Incident} key=${incident.id} incident=${incident} at=${news.at} first=${i === 0} />`)}
    ${news.more > 0 && html`<p>${t("{n} more are running.", { n: news.more })}</p>`}
  </section>`;
}

/** @param {{incident: StatusIncident, at: string, first: boolean}} props */
function Incident({ incident, at, first }) {
  const { update, services, works } = incident;
  const exercise = incident.kind === "exercise";
  const said = update ? { b: { ...update, do_now: update.do_now.join("\n") } } : undefined;
  return html`
    <p class="band__kind"><b class="band__no">${incidentNo(incident)}</b><span>${incidentKind(incident, { past: true, at })}</span></p>
    <${first ? "h1" : "h2"} class="band__title" id=${first ? "what" : undefined}>${incidentHeading(incident, { past: true, at })}<//>
    ${update && html`<p><b>${t("Update {no}", { no: update.no })}</b> · ${update.headline} · ${clockTime(update.at)}</p>`}
    <${Lit} say=${doNow(incident, said)} past pastWords=${t("Do now, as of {time}", { time: clockTime(at) })} exercise=${exercise} />
    <${Facts} down=${incident.state === "declared" ? services.map(serviceTitle) : []} works=${linesOf(works)} tense="past" />
    <${NextUpdate} at=${update?.next_update_at} past exercise=${exercise} />`;
}

/** @param {string} code */
const serviceTitle = (code) => row("service", code)?.b.title ?? code;
