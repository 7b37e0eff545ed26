/** More than one thing may be down, or an exercise may run beside a real incident: nobody should find out by chance. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { running } from "../lib/order.js";
import { label, t } from "../lib/text.js";
import { ownRuns } from "../store/at_hand.js";
import { incidents } from "../store/view.js";
import { incidentName, incidentNo } from "./incident_words.js";
import { isOwn } from "./own_words.js";

/** @param {{incident: {id: string}}} props the one that is shown */
export default function AlsoRunning({ incident }) {
  const others = [...running(incidents.value), ...ownRuns.value].filter((one) => one.id !== incident.id);
  return others.map(({ id, b }) => html`<${Note} key=${id} icon=${b.kind === "exercise" ? "exercise" : "warn"} lead=${`${incidentNo(b)} ${incidentName(b)}`}>${t("also running.")} ${label(b.do_now)}
    ${isOwn(b) && html` <a class="btn" href=${`/app/card?in=${id}`}>${t("Open its card")}</a>`}<//>`);
}
