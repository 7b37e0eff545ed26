/** A planned downtime: the countdown, what to do before it, and for leaders go or no-go, notices, another time. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { countdown, timesOf } from "../components/planned_words.js";
import { t } from "../lib/text.js";
import { now, route } from "../store/state.js";
import { may, myTasks, planned, row } from "../store/view.js";
import GoNoGo from "../board/go_no_go.js";
import PlannedNotices from "../board/planned_notices.js";
import PostponeForm from "../board/postpone_form.js";
import { incidentName, incidentNo, linesOf } from "./incident_words.js";

export default function Planned() {
  const incident = row("incident", route.value.params.incident) ?? planned.value[0];
  return html`<${Frame}>${incident?.b.clocks.planned ? html`<${One} key=${incident.id} incident=${incident} />` : html`<${Nothing} />`}<//>`;
}

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
function One({ incident }) {
  const { id, b } = incident;
  const waits = b.state === "planned";
  return html`
    <section class="band band--slim" data-ground="night" aria-labelledby="what">
      <p class="band__kind"><b class="band__no">${incidentNo(b)}</b><span>${b.kind === "exercise" ? t("Exercise, not real") : t("Planned downtime")}</span></p>
      <h1 class="band__title" id="what">${incidentName(b)}</h1>
      <p><b>${waits ? countdown(b, now.value) : t("This has started or is over.")}</b> · ${timesOf(b)}</p>
    </section>
    <main class="phone__main" id="main">
      ${b.note && html`<${Note} icon="clock" lead=${t("Moved")}>${b.note}<//>`}
      ${waits && may("incident.go") && html`<${GoNoGo} incident=${incident} />`}
      <${MySteps} id=${id} />
      <section class="sheet" aria-labelledby="then"><div class="sheet__head"><h2 id="then">${t("From the start")}</h2></div>
        <div class="sheet__body"><p>${b.do_now}</p>${linesOf(b.works).map((line) => html`<p key=${line} class="words"><${Icon} name="works" size="s" />${line}</p>`)}</div></section>
      ${waits && may("broadcast.send") && html`<${PlannedNotices} incident=${incident} />`}
      ${waits && may("incident.advance") && html`<${PostponeForm} incident=${incident} />`}
      ${waits && may("incident.advance") && html`<a class="btn btn--wide" href=${`/app/advance?incident=${id}&to=cancelled`}>${t("Cancel it")}</a>`}
    </main>`;
}

/** Steps of my role that count from the planned start. @param {{id: string}} props */
function MySteps({ id }) {
  const steps = myTasks(id).filter(({ b }) => b.phase === "pre");
  if (steps.length === 0) return null;
  const done = steps.filter(({ b }) => ["done", "skipped"].includes(b.state)).length;
  return html`<a class="btn btn--main btn--wide" href=${`/app/card?incident=${id}`}><${Icon} name="card" />${t("My steps before the start: {done} of {total}", { done, total: steps.length })}</a>`;
}

function Nothing() {
  return html`<main class="phone__main" id="main"><h1 class="title">${t("Nothing is planned")}</h1><p>${t("Planned downtimes of your units show here.")}</p></main>`;
}
