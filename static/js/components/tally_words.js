/** What of the tally needs the eye, in words: late, help, half signed; without contact what is safe where. */
import { t } from "../lib/text.js";
import { countsOf } from "../phone/task_state.js";
import { now } from "../store/state.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import { needHelp } from "./tally_cells.js";
import { tone } from "./tone.js";

/** @param {{tasks: Array<import("../lib/types.js").ViewRow>, compact?: boolean, at?: number}} props `compact`: one line that does not jump at every tick, as the rows say the rest */
export default function TallyWords({ tasks, compact = false, at = now.value }) {
  const { late, blocked, half, saved, done, skipped } = countsOf(tasks, at);
  const alone = tone.value === "alone";
  const recorded = Math.max(0, done + skipped - saved);
  return html`
    ${late > 0 && html`<${Chip} plain tone="late" icon="late">${t("{n} late", { n: late })}<//>`}
    ${blocked > 0 && html`<${Chip} plain tone="help" icon="blocked">${compact ? t("{n} help", { n: blocked }) : needHelp(blocked)}<//>`}
    ${half > 0 && !compact && html`<${Chip} plain tone="way" icon="half">${t("{n} half signed", { n: half })}<//>`}
    ${alone && recorded > 0 && html`<${Chip} plain icon="record">${t("{n} on record", { n: recorded })}<//>`}
    ${saved > 0 && (alone || !compact) && html`<${Chip} plain icon="saved">${t("{n} saved here", { n: saved })}<//>`}
  `;
}
