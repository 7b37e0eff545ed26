/** The incident across the desk: what it is, its clocks, the promise, the next step. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { may } from "../store/view.js";
import { Promised } from "./promised.js";
import { Stages } from "./stages.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";
import { incidentLine } from "./words.js";

/** Two buttons stand above each other: the clocks need the width. */
const NARROW = { maxInlineSize: "17rem" };

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function DeskBand({ board }) {
  const { incident, broadcasts, fresh } = board;
  return html`
    <section class="desk__band" data-ground="night" aria-labelledby="what">
      <div class="desk__title">
        <p class="band__kind"><b class="band__no">${incidentNo(incident.b)}</b><span>${incidentLine(incident.b)}</span></p>
        <h1 id="what">${incidentName(incident.b)}</h1>
      </div>
      <${Stages} incident=${incident.b} />
      <${Promised} incident=${incident} broadcasts=${broadcasts} fresh=${fresh} cls="desk__promise" />
      ${may("incident.advance") && html`<${Acts} incident=${incident} />`}
    </section>
  `;
}

/** @param {{incident: import("./board_types.js").Shown}} props */
function Acts({ incident }) {
  const words = /** @type {Record<string, string>} */ ({ declared: t("Restored…"), restored: t("All-clear…"), all_clear: t("Stand down…") })[incident.b.state];
  return html`
    <div class="desk__acts" style=${NARROW}>
      ${["restored", "all_clear"].includes(incident.b.state) && html`<a class="btn" href=${`/app/recovery?incident=${incident.id}`}>${t("Recovery")}</a>`}
      ${words && html`<a class="btn" href=${`/app/advance?incident=${incident.id}`}>${words}</a>`}
      ${words && incident.b.kind === "exercise" && html`<a class="btn" href=${`/app/advance?incident=${incident.id}`}><${Icon} name="warn" size="s" />${t("NO PLAY – REAL EVENT")}</a>`}
    </div>
  `;
}
