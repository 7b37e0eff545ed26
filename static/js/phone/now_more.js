/** The parts of Now that come right after the first screen. */
import ChecksSheet from "../components/checks_sheet.js";
import { html } from "../components/html.js";
import OverrunNote from "../components/overrun_note.js";
import StepOffers from "../components/step_offers.js";
import InsteadSheet from "./instead_sheet.js";
import OwnRunSheet from "./own_run_sheet.js";
import { isOwn } from "./own_words.js";
import PositionSheet from "./position_sheet.js";

/** What waits for an answer: steps that others offer, checks after the system is back, a planned downtime that overruns. @param {{incident: any}} props */
export function Above({ incident }) {
  return html`<${StepOffers} /><${ChecksSheet} incident=${incident} /><${OverrunNote} incident=${incident} />`;
}

/** My position of command, what to do instead of what is down, and how a unit's own start goes on. @param {{incident: any}} props */
export function Below({ incident }) {
  return html`<${PositionSheet} incident=${incident} /><${InsteadSheet} incident=${incident} />${isOwn(incident.b) && html`<${OwnRunSheet} run=${incident} />`}`;
}
