/** The running incident in one line, above everything that is not Now. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";
import { isOwn, ownKind } from "../phone/own_words.js";
import { workOf, atHand } from "../store/at_hand.js";
import { contact, now, route } from "../store/state.js";
import { broadcastsOf } from "../store/view.js";
import { toneOf } from "./contact_words.js";
import { html } from "./html.js";
import Icon from "./icon.js";

export default function IncidentLine() {
  const incident = workOf(route.value.params.in) ?? atHand.value;
  if (!incident) return null;
  const { b } = incident;
  const isExercise = b.kind === "exercise";
  const promised = broadcastsOf(incident.id).find((one) => one.b.state === "current")?.b.next_update_at;
  const rest = isOwn(b) ? [ownKind(b, toneOf(contact.value, now.value) !== "live")] : [isExercise ? t("exercise, not real") : t("real incident"), promised && t("next update {time}", { time: clockTime(promised) })].filter(Boolean);
  return html`<section class=${`band band--slim ${isExercise ? "is-exercise" : ""}`.trim()} data-ground="night" aria-label=${t("Incident")}>
    <a class="band__line" href="/app/"><b class="band__no">${isExercise && html`<${Icon} name="exercise" size="s" />`}${incidentNo(b)}</b>
      <span><b>${incidentName(b)}</b> · ${rest.join(" · ")}</span></a>
  </section>`;
}
