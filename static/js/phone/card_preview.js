/** A card to read: what would be asked, in its phases. Nothing can be ticked before it is started. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roleTitle } from "../components/place.js";
import { label, t } from "../lib/text.js";
import { unitsToStart } from "../store/own_start.js";
import { may, row } from "../store/view.js";
import { byPhase, phaseTitle } from "./phases.js";

/** @param {{card: {b: any}}} props */
export default function CardPreview({ card: { b } }) {
  const groups = byPhase(b.steps.map((/** @type {any} */ step) => ({ b: step })));
  return html`<main class="phone__main phone__main--flush" id="main">
    <div class="phone__main">
      <a class="btn btn--plain" href="/app/card"><${Icon} name="back" turns=${true} />${t("All my cards")}</a>
      <h1 class="title">${label(row("plan", b.plan)?.b.title ?? b.plan)}</h1>
      <p><b>${label(b.title) || roleTitle(b.role)}.</b> ${label(b.mission)}</p>
      ${may("run.start") && unitsToStart(b.plan).length > 0 && html`<a class="btn btn--wide" href=${`/app/start?plan=${b.plan}`}><${Icon} name="card" />${t("Start downtime cards")}</a>`}
    </div>
    ${groups.map(({ phase, tasks }) => html`<section key=${phase}>
      <div class="phase"><h2>${phaseTitle(phase)}</h2></div>
      <ol class="tasks">${tasks.map((step) => html`<${Step} key=${step.b.key} step=${step.b} />`)}</ol>
    </section>`)}
  </main>`;
}

/** @param {{step: any}} props */
function Step({ step }) {
  return html`<li class="task"><span class="box" aria-hidden="true"><span class="box__in"></span></span>
    <div class="task__body">
      <p class="task__head"><b class="task__code">${step.code}</b>
        ${step.safety && html`<span class="tag tag--safety"><${Icon} name="shield" size="xs" />${t("Safety")}</span>`}
        ${step.two_person && html`<span class="tag"><${Icon} name="two" size="xs" />${t("Two people")}</span>`}</p>
      <p class="task__title">${label(step.title)}</p>
      ${step.hint && html`<p class="task__meta"><span>${label(step.hint)}</span></p>`}
    </div></li>`;
}
