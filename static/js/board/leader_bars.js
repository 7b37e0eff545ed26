/** What a leader must not overlook, above everything: an update that is owed, one that waits for approval, a follow-up that stands still. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { clockTime } from "../lib/format.js";
import { promise } from "../lib/incident_rules.js";
import { roundedIn } from "../lib/compose_rules.js";
import { stalledSince } from "../lib/reach_rules.js";
import { label, t } from "../lib/text.js";
import { now } from "../store/state.js";
import { may, row, rowsOf } from "../store/view.js";
import { Approvals } from "./approvals.js";
import { isFresh } from "./contact_words.js";
import { sending } from "./send_update.js";
import { quietNow } from "./send_quiet.js";

const MINUTE_MS = 60_000;
const REMIND_MIN = 5;

/** @typedef {import("./board_types.js").Shown} Shown */

/** @param {{incident: Shown, broadcasts: Shown[]}} props broadcasts newest first */
export function LeaderBars({ incident, broadcasts }) {
  return html`<div role="status">
    <${Stalled} incident=${incident.id} />
    <${OldPaper} />
    ${isFresh() && may("broadcast.send") && html`<${Owed} incident=${incident} broadcasts=${broadcasts} />`}
  </div><${Approvals} incident=${incident.id} />`;
}

/** The server's own alarm, or what this device sees by itself if the server cannot even tell. @param {{incident: string}} props */
function Stalled({ incident }) {
  const alarm = row("alarm", "alarm:escalation")?.b;
  const since = alarm?.since ?? stalledSince(rowsOf("escalation").filter(({ b }) => b.incident === incident), now.value);
  if (!since || !isFresh()) return null;
  const words = alarm ? label(alarm.text) : t("Units that have not acknowledged are not followed up. Call them, and tell IT.");
  return html`<${Note} icon="warn" tone="late" lead=${t("Nobody follows up since {time}", { time: clockTime(since) })}>${words}<//>`;
}

/** The packets of the night were not printed: the kits' paper grows old. */
export function OldPaper() {
  const alarm = row("alarm", "alarm:packets")?.b;
  if (!alarm || !isFresh()) return null;
  return html`<${Note} icon="printer" tone="late" lead=${t("Paper packets not printed since {time}", { time: clockTime(alarm.since) })}>${label(alarm.text)}<//>`;
}

/** @param {{incident: Shown, broadcasts: Shown[]}} props */
function Owed({ incident, broadcasts }) {
  const owed = promise(incident.b, broadcasts, now.value);
  const remind = row("policy", "policy:broadcasts")?.b.remind_min ?? REMIND_MIN;
  if (!owed || owed.at - now.value > remind * MINUTE_MS) return null;
  const time = clockTime(owed.at);
  const nags = row("promise", `promise:${incident.id}`)?.b.nags ?? 0;
  const lead = owed.missed ? t("Update {no} is overdue since {time}", { no: owed.no, time }) : t("Update {no} is due at {time}", { no: owed.no, time });
  return html`<${Note} icon=${owed.missed ? "late" : "bell"} tone=${owed.missed ? "late" : "way"} lead=${lead}>
    ${nags > 1 && html`<span>${t("Reminded {n} times.", { n: nags })} </span>`}${t("Say something, even if nothing changed.")}
    ${broadcasts.length > 0 && html`<button type="button" class="btn btn--wide" aria-busy=${String(sending.value === "quiet")} onClick=${() => quietNow(incident.id, broadcasts)}>
      <${Icon} name="clock" size="s" />${t("Nothing new, next at {time}", { time: clockTime(roundedIn(now.value, 30)) })}</button>`}
  <//>`;
}
