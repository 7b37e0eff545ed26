/** The clocks of the incident as stops on a line. */
import { html } from "../components/html.js";
import { clockTime } from "../lib/format.js";
import { stages } from "../lib/incident_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { stageWords } from "./words.js";

const HOUR_MIN = 60;

/** @param {{incident: any}} props body of the incident */
export function Stages({ incident }) {
  return html`
    <ol class="line" aria-label=${t("Clocks of the incident")}>
      ${stages(incident, now.value).map((stop) => html`
        <li key=${stop.key} class=${stop.state === "ahead" ? null : stop.state} aria-current=${stop.state === "here" ? "step" : null}>
          <b>${stop.minutes === null ? clockTime(stop.at) || "–" : lasted(stop.minutes)}</b>${stageWords(stop.key, incident.state)}
        </li>
      `)}
    </ol>
  `;
}

/** @param {number} minutes */
const lasted = (minutes) =>
  minutes < HOUR_MIN ? t("{n} min", { n: Math.max(0, minutes) }) : t("{h} h {n} min", { h: Math.floor(minutes / HOUR_MIN), n: minutes % HOUR_MIN });
