/** How the update will look on a locked phone and on the wallboard, while it is being written. */
import { html } from "../components/html.js";
import Mark from "../components/mark.js";
import { linesOf } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { overheadScript } from "../lib/overhead.js";
import { language, t } from "../lib/text.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";
import { PhoneAndPoster } from "./compose_paper.js";

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, incident: any, no: number, at: number|null}} props */
export function ComposePreviews({ draft, incident, no, at }) {
  const orders = [linesOf(draft.do_now)].flat().filter(Boolean);
  const script = overheadScript({ exercise: incident.kind === "exercise", incident: `${incidentNo(incident)} ${incident.title}`, no, headline: draft.headline.trim() || "…", orders, next: at === null ? "" : clockTime(at) });
  return html`
    <div class="previews" role="group" aria-label=${t("As people will see it")}>
      <figure class="lockscreen">
        <div class="lockscreen__in">
          <p class="lockscreen__app"><${Mark} /><b>Wardlight</b> ${t("now")}</p>
          <p><b>${incident.kind === "exercise" && `${t("EXERCISE")} `}${t("{no}, update {n}.", { no: incidentNo(incident), n: no })}</b> ${draft.headline.trim() || "…"}</p>
        </div>
        <figcaption>${t("Locked phone")}</figcaption>
      </figure>
      <figure class="wallmini">
        <div class="wallmini__in" data-ground="night">
          <b>${incidentName(incident)}</b>
          <p class="wallmini__lit">${orders.length ? orders.join(" ") : "…"}</p>
          <p>${t("Next update")} <b>${at === null ? "–" : clockTime(at)}</b></p>
        </div>
        <figcaption>${t("Wallboard")}</figcaption>
      </figure>
      <${PhoneAndPoster} draft=${draft} incident=${incident} no=${no} at=${at} orders=${orders} />
    </div>
    <details class="more"><summary class="btn btn--plain">${t("Read over the loudspeakers")}</summary>
      <div class="sheet__body overhead" lang=${language()}>${script.map((line, i) => html`<p key=${i}>${line}</p>`)}</div></details>
  `;
}
