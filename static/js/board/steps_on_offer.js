/** Steps that one card has offered to another and nobody has answered: the board sees whom to ring. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import { inSentence, roleTitle, unitShort } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { isUnanswered } from "../lib/step_rules.js";
import { label, t } from "../lib/text.js";
import { now } from "../store/state.js";
import { rowsOf } from "../store/view.js";

/** @param {{incident: string, fresh: boolean}} props without contact nobody knows who has answered */
export function StepsOnOffer({ incident, fresh }) {
  const offers = rowsOf("handover").filter(({ b }) => b.task && b.state === "offered" && b.incident === incident);
  return offers.sort((a, b) => (a.b.at < b.b.at ? -1 : 1)).map(({ id, b }) => {
    const late = isUnanswered(b, now.value);
    return html`<li key=${id} class="ask"><p class="ask__head"><b>${unitShort(b.from_unit)}</b>${b.step?.code}
        <${Chip} tone=${!fresh ? "saved" : late ? "late" : "way"} icon=${!fresh ? "stale" : late ? "late" : "runner"}>
          ${late ? t("nobody answers since {time}", { time: clockTime(b.at) }) : t("offered {time}", { time: clockTime(b.at) })}<//></p>
      <p class="quiet">${label(b.step?.title)} → ${inSentence(roleTitle(b.role))}, ${unitShort(b.unit)}</p></li>`;
  });
}
