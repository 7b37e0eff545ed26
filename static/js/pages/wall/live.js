/** The wall in contact: what is down, what to do, when more comes; and who has it, on the wall of the command centre. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { clockTime } from "../../lib/format.js";
import { t } from "../../lib/text.js";
import { Expected, Newest, Promised, Top, WallFacts } from "./parts.js";
import Units from "./units.js";

const ORDERS_SHOWN = 4;
const TAPE_WORDS = 12;

/** @param {{place: string, state: import("./rules.js").WallState, now: number, silentMs: number, foot: unknown}} props */
export default function Live({ place, state, now, silentMs, foot }) {
  const [first, ...others] = state.incidents;
  const isExercise = first?.kind === "exercise";
  return html`<div class=${isExercise ? "wall is-exercise" : "wall"} data-live>
    ${isExercise && html`<p class="tape" aria-hidden="true"><span>${Array(TAPE_WORDS).fill(t("EXERCISE")).join(" · ")}</span></p>`}
    <${Top} place=${place} incident=${first ?? null} lost=${false} now=${now} silentMs=${silentMs} />
    ${first ? html`<${Down} state=${state} first=${first} others=${others} now=${now} />` : html`<${Quiet} now=${now} />`}
    ${foot}
  </div>`;
}

/** @param {{now: number}} props */
function Quiet({ now }) {
  return html`<main class="wall__main wall__main--quiet"><section class="wall__say"><h1>${t("Nothing is down")}</h1><p class="wall__quiet">${t("No incident is declared. Asked at {time}, and every few seconds.", { time: clockTime(now) })}</p></section></main>`;
}

/** @param {{state: import("./rules.js").WallState, first: import("./rules.js").Incident, others: import("./rules.js").Incident[], now: number}} props */
function Down({ state, first, others, now }) {
  const isExercise = first.kind === "exercise";
  const title = isExercise ? t("Exercise: {title}", { title: first.title }) : first.title;
  return html`<main class=${state.units ? "wall__main wall__main--command" : "wall__main"}>
    <section class="wall__say"><h1>${title}</h1>
      <${StateWords} incident=${first} />
      <${Newest} incident=${first} />
      ${state.units ? html`<${Units} lines=${state.units} />` : html`<${Orders} incident=${first} />`}
      ${others.map((one) => html`<p class="wall__also" key=${one.id}><b class="band__no">${one.label}</b><span>${one.kind === "exercise" ? t("Exercise: {title}", { title: one.title }) : one.title}</span></p>`)}
    </section>
    <aside class="wall__side"><${Promised} incident=${first} desk=${state.desk} now=${now} /><${Expected} incident=${first} /><${WallFacts} incident=${first} /></aside>
  </main>`;
}

/** @param {{incident: import("./rules.js").Incident}} props */
function Orders({ incident }) {
  const label = incident.kind === "exercise" ? t("Do now, as practice") : t("Do now");
  return html`<div class="lit"><h2 class="lit__label"><${Icon} name="lamp" />${label}</h2><ol class="orders">${incident.do_now.slice(0, ORDERS_SHOWN).map((one) => html`<li>${one}</li>`)}</ol></div>
    ${incident.do_not.length > 0 && html`<p class="wall__not"><${Icon} name="refused" /><span><b>${t("Do not")}</b> ${incident.do_not.join(" · ")}</span></p>`}`;
}

/** @param {{incident: import("./rules.js").Incident}} props */
function StateWords({ incident }) {
  if (incident.state === "restored") return html`<p class="wall__step"><${Icon} name="repeat" />${t("IT says it works again. Stay on paper until the all-clear.")}</p>`;
  if (incident.state === "all_clear") return html`<p class="wall__step"><${Icon} name="pen" />${t("All-clear. What was written on paper is being entered back.")}</p>`;
  return null;
}
