/** Declaring: plan, then confirm, with services and units between for whoever knows better. Nothing is sent before the last tap. */
import { useEffect } from "preact/hooks";

import { html } from "../components/html.js";
import { orderPlans } from "../lib/declare_rules.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { may, row, rowsOf } from "../store/view.js";
import { Crumb } from "./crumb.js";
import { DeclareConfirm } from "./declare_confirm.js";
import { DeclarePlan } from "./declare_plan.js";
import { DeclareServices } from "./declare_services.js";
import { DeclareUnits } from "./declare_units.js";
import { draft, openDraft } from "./declare_draft.js";
import { Frame } from "./frame.js";
import { Steps } from "./steps.js";

const PARTS = [DeclarePlan, DeclareServices, DeclareUnits, DeclareConfirm];

export default function Declare() {
  useEffect(() => void openDraft(), []);
  const current = draft.value;
  if (!may("incident.declare")) return html`<${NotAllowed} />`;
  if (!current) return html`<${Frame}><${Crumb} href="/app/" back=${t("Cancel")} /><main class="phone__main" id="main"><h1 class="title">${t("What has failed?")}</h1></main><//>`;
  const plan = row("plan", current.plan);
  const step = plan ? clamp(Number(route.value.params.step ?? 1)) : 1;
  const plans = orderPlans(rowsOf("plan"), route.value.params.plan);
  const Part = PARTS[step - 1];
  return html`
    <${Frame} exercise=${current.kind === "exercise"}>
      <${Crumb} href=${step === 1 ? "/app/" : stepPath(step === 4 ? 1 : step - 1)} back=${backWords(step)} say=${t("Nothing is sent yet")} />
      <${Part} key=${step} draft=${current} plan=${plan} plans=${plans} steps=${html`<${Steps} step=${step} />`} />
    <//>
  `;
}

/** @param {number} step */
const clamp = (step) => (Number.isInteger(step) ? Math.min(Math.max(step, 1), PARTS.length) : 1);

/** @param {number} step */
const stepPath = (step) => (step === 1 ? "/app/declare" : `/app/declare?step=${step}`);

/** @param {number} step */
const backWords = (step) => [t("Cancel"), t("Plan"), t("Services"), t("Plan")][step - 1];

function NotAllowed() {
  return html`
    <${Frame}>
      <${Crumb} href="/app/" back=${t("Now")} />
      <main class="phone__main" id="main">
        <h1 class="title">${t("Declaring is for leaders")}</h1>
        <p>${t("IT leads and incident commanders declare. Call the service desk and say what has failed.")}</p>
      </main>
    <//>
  `;
}
