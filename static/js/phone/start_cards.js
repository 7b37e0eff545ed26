/** Start the cards of a plan for the own unit: plan, then one tap. It needs nobody's leave and no server. */
import { useState } from "preact/hooks";

import { toneOf } from "../components/contact_words.js";
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { myUnits, unitName, unitShort } from "../components/place.js";
import RadioRow from "../components/radio_row.js";
import { label, t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { ownRuns } from "../store/at_hand.js";
import { plansFor, runsElsewhere, startCards, unitsToStart } from "../store/own_start.js";
import { contact, now, route } from "../store/state.js";
import { linesOf, incidentNo } from "./incident_words.js";
import { kept } from "./task_acts.js";

/** @typedef {import("../lib/types.js").ViewRow} ViewRow */

export default function StartCards() {
  const plans = [...new Map(myUnits().flatMap(plansFor).map((plan) => [plan.id, plan])).values()];
  const plan = plans.find(({ id }) => id === route.value.params.plan);
  return html`<${Frame}><main class="phone__main" id="main">
    <a class="btn btn--plain" href=${plan ? "/app/start" : "/app/"}><${Icon} name="back" turns=${true} />${plan ? t("Another plan") : t("Now")}</a>
    ${plan ? html`<${Confirm} key=${plan.id} plan=${plan} />` : html`<${Plans} plans=${plans} />`}
  </main><//>`;
}

/** @param {{plans: ViewRow[]}} props */
function Plans({ plans }) {
  return html`<h1 class="title">${t("What is down?")}</h1>
    <p>${t("Starts the cards of your unit. It works without network and without the server.")}</p>
    ${plans.length === 0 && html`<${Note} icon="info">${t("No card is on this phone yet.")}<//>`}
    <div class="sheet">${plans.map(({ id, b }) => html`<a key=${id} class="pick" href=${`/app/start?plan=${id}`}>
      <span class="pick__icon"><${Icon} name=${b.icon || "card"} /></span><span><b>${label(b.title)}</b>${b.summary && html`<small>${label(b.summary)}</small>`}</span><${Icon} name="chevron" turns=${true} /></a>`)}</div>`;
}

/** @param {{plan: ViewRow}} props */
function Confirm({ plan }) {
  const units = unitsToStart(plan.id);
  const [unit, choose] = useState(units[0]);
  const running = ownRuns.value.find(({ b }) => b.plan === plan.id && b.unit === unit);
  const start = () => kept(startCards({ unit, plan: plan.id }), t("Cards started. Saved on this phone.")).then((ok) => ok && go("/app/card"));
  return html`<h1 class="title">${label(plan.b.title)}</h1>
    ${linesOf(plan.b.do_now).map((line) => html`<p key=${line}>${line}</p>`)}
    <${Who} plan=${plan} unit=${unit} />
    ${units.length > 1 && html`<${RadioRow} label=${t("For which unit")} value=${unit} onChange=${choose} choices=${units.map((id) => ({ value: id, words: unitShort(id) }))} />`}
    ${running
      ? html`<a class="btn btn--main btn--wide btn--tall" href=${`/app/card?in=${running.id}`}><${Icon} name="card" />${t("It runs already: open the card")}</a>`
      : html`<button type="button" class="btn btn--main btn--wide btn--tall" onClick=${start}><${Icon} name="card" />${t("Start for {unit}", { unit: unitName(unit) })}</button>`}`;
}

/** Who will know of it. @param {{plan: ViewRow, unit: string}} props */
function Who({ plan, unit }) {
  const incident = runsElsewhere(plan.id, unit);
  if (incident) return html`<${Note} icon="info" lead=${t("{no} runs in other units.", { no: incidentNo(incident.b) })}>${t("{unit} joins it.", { unit: unitShort(unit) })}<//>`;
  const isAlone = toneOf(contact.value, now.value) === "alone";
  return html`<${Note} icon=${isAlone ? "alone" : "info"} tone=${isAlone ? "saved" : ""} lead=${t("Colleagues who start the same card meet in one list.")}>
    ${isAlone ? t("The command centre hears of it when there is contact. Call IT.") : t("The command centre sees it at once. It does not declare an incident: call IT.")}<//>`;
}
