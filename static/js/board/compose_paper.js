/** How the update will look on a phone that is open, and on the poster at the wall. */
import { html } from "../components/html.js";
import { linesOf } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, incident: any, no: number, at: number|null, orders: string[]}} props */
export function PhoneAndPoster({ draft, incident, no, at, orders }) {
  const works = [linesOf(draft.works)].flat().filter(Boolean);
  const doNot = [linesOf(draft.do_not)].flat().filter(Boolean);
  const next = at === null ? "–" : clockTime(at);
  return html`<figure class="wallmini">
      <div class="papermini">
        <b>${t("Update {no}", { no })}</b><p><b>${draft.headline.trim() || "…"}</b></p>
        ${orders.length > 0 && html`<p class="papermini__lit">${orders.join(" ")}</p>`}
        ${doNot.length > 0 && html`<p>${t("Do not")}: ${doNot.join(" ")}</p>`}
        ${works.length > 0 && html`<p>${t("Still works")}: ${works.join(", ")}</p>`}
        <p>${t("Next update")} <b>${next}</b></p>
      </div>
      <figcaption>${t("Open phone")}</figcaption>
    </figure>
    <figure class="wallmini">
      <div class="papermini papermini--wall">
        ${incident.kind === "exercise" && html`<b>${t("EXERCISE")}</b>`}
        <b>${incidentNo(incident)} ${incidentName(incident)}</b><p class="papermini__no">${t("Update {no}", { no })}</p>
        <p><b>${draft.headline.trim() || "…"}</b></p>${orders.map((line) => html`<p key=${line}>• ${line}</p>`)}
        <p>${t("Next update")} <b>${next}</b></p>
      </div>
      <figcaption>${t("Poster")}</figcaption>
    </figure>`;
}
