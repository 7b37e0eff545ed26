/** IT has declared what the unit had begun: say so for a while, and whose entries went along. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { entriesOf, takenInBy } from "../store/at_hand.js";
import { now } from "../store/state.js";
import { incidentNo } from "./incident_words.js";
import { startersWords, takenOverWords } from "./own_words.js";

const SHOWN_MS = 2 * 3_600_000;

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function TakenOver({ incident }) {
  const runs = takenInBy(incident.id).filter(({ b }) => now.value - toMs(b.adopted_at) < SHOWN_MS);
  if (runs.length === 0) return null;
  const lead = t("IT declared {no} at {time}.", { no: incidentNo(incident.b), time: clockTime(incident.b.clocks.TD) });
  return runs.map((run) => html`<${Note} key=${run.id} icon="record" lead=${lead}>
    ${takenOverWords(entriesOf(run))} ${t("Started by your unit: {names}.", { names: startersWords(run.b) })}
  <//>`);
}
