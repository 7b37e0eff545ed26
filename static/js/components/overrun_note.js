/** A planned downtime that did not end in time is an unplanned one: everybody reads it, leaders say it in an update. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { broadcastsOf, may } from "../store/view.js";
import { html } from "./html.js";
import Note from "./note.js";

/** @param {{incident: {id: string, b: any}}} props */
export default function OverrunNote({ incident }) {
  const { overrun_at: at, planned_end_at: end } = incident.b;
  if (!at || incident.b.state !== "declared") return null;
  const told = broadcastsOf(incident.id).some(({ b }) => b.at > at);
  return html`<${Note} icon="late" tone="late" role="status" lead=${t("Not back by {end}: this is an unplanned downtime now.", { end: clockTime(end) })}>
    ${!told && may("broadcast.send") ? html`<a href=${`/app/compose?incident=${incident.id}`}>${t("Nobody has said so in an update yet. Write it now.")}</a>` : t("Stay on paper. Wait for the next update.")}<//>`;
}
