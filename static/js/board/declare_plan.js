/** Step 1: what has failed. A tap on a plan ticks all it names and leads to the confirmation: at 3 a.m. three taps are enough. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { withPlan } from "../lib/declare_rules.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { route } from "../store/state.js";
import RadioRow from "../components/radio_row.js";
import { change, dropDraft } from "./declare_draft.js";

/** @typedef {import("../lib/declare_rules.js").Shown} Shown */

/** @param {{draft: import("../lib/declare_rules.js").DeclareDraft, plans: Shown[], steps: any}} props */
export function DeclarePlan({ draft, plans, steps }) {
  const kinds = [{ value: "real", words: html`<${Icon} name="warn" size="s" />${t("Real incident")}` }, { value: "exercise", words: html`<${Icon} name="exercise" size="s" />${t("Exercise")}` }];
  return html`
    <main class="phone__main" id="main">
      ${steps}
      <h1 class="title">${t("What has failed?")}</h1>
      ${draft.plan && html`<${Kept} draft=${draft} />`}
      <${RadioRow} label=${t("Real or exercise")} choices=${kinds} value=${draft.kind} onChange=${(/** @type {string} */ kind) => change({ kind })} />
      <div class="sheet">
        ${plans.map((plan) => html`<${PlanRow} key=${plan.id} plan=${plan} draft=${draft} />`)}
        ${plans.length === 0 && html`<p class="empty"><${Icon} name="info" /><span><b>${t("No plans on this phone")}</b>${t("Plans come with the first contact after signing in.")}</span></p>`}
      </div>
    </main>
  `;
}

/** @param {{plan: Shown, draft: import("../lib/declare_rules.js").DeclareDraft}} props */
function PlanRow({ plan, draft }) {
  const { plan: suggested, why } = route.value.params;
  const isSuggested = plan.id === suggested;
  const hint = isSuggested && why ? why : plan.b.kind === "planned" ? t("Planned work") : label(plan.b.summary);
  return html`
    <a class=${isSuggested ? "pick pick--hint" : "pick"} href="/app/declare?step=4" onClick=${() => draft.plan !== plan.id && change(withPlan(draft, plan))}>
      <span class="pick__icon"><${Icon} name=${plan.b.icon || "warn"} /></span>
      <span><b>${label(plan.b.title)}</b>${hint && html`<small>${firstSentence(hint)}</small>`}</span>
      <${Icon} name="chevron" turns=${true} />
    </a>
  `;
}

/** A row is read in a second. @param {string} text */
const firstSentence = (text) => /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, "") ?? text;

/** @param {{draft: import("../lib/declare_rules.js").DeclareDraft}} props a draft of an earlier visit */
function Kept({ draft }) {
  const say = draft.asked_at ? t("It could not be sent at {time}. Nothing is declared.", { time: clockTime(draft.asked_at) }) : t("Nothing is declared.");
  return html`
    <section class="note note--saved" aria-label=${t("Draft")}>
      <${Icon} name="saved" />
      <div>
        <b>${t("Draft kept on this phone: {title}", { title: draft.title })}</b>
        <p>${say}</p>
        <div class="row">
          <a class="btn grow" href="/app/declare?step=4">${t("Go on with it")}</a>
          <button type="button" class="btn btn--plain" onClick=${() => dropDraft()}>${t("Drop it")}</button>
        </div>
      </div>
    </section>
  `;
}
