/** Units that started by themselves: who, since when, how far, and the way to declare what they have found. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { begun, sums } from "../lib/board_rules.js";
import { withPlan } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { startersWords } from "../phone/own_words.js";
import { byStart, ownStartWords, undeclared } from "../phone/undeclared.js";
import { may, row, rowsOf } from "../store/view.js";
import { change, draft, openDraft } from "./declare_draft.js";

/** @typedef {import("./board_types.js").Shown} Shown */
/** @param {{incident?: Shown|null}} props those that this incident has taken in are shown with it */
export function OwnStarts({ incident = null }) {
  const taken = incident ? rowsOf("local_run").filter(({ b }) => b.adopted_into === incident.id).sort(byStart) : [];
  const runs = [...undeclared(), ...taken];
  if (runs.length === 0) return null;
  return html`
    <section class="sheet" style=${{ gridColumn: "1 / -1" }} aria-labelledby="own-starts">
      <div class="sheet__head"><h2 id="own-starts">${t("Units that started by themselves")}</h2><p>${t("the oldest first")}</p></div>
      <ul>${runs.map((run) => html`<${Start} key=${run.id} run=${run} incident=${incident} />`)}</ul>
    </section>
  `;
}

/** @param {{run: Shown, incident: Shown|null}} props */
function Start({ run: { id, b }, incident }) {
  const { total, done } = begun(sums(rowsOf("progress").filter((one) => one.b.incident === id)));
  const plan = row("plan", b.plan);
  return html`<li class="ask">
    <div class="ask__head"><b>${ownStartWords(b)}</b>
      ${b.state === "local" ? html`<${Chip} tone="late" icon="warn">${t("not declared")}<//>` : html`<${Chip} tone="record" icon="record">${t("part of #{no}", { no: incident?.b.no })}<//>`}</div>
    <p>${startersWords(b)}${b.state === "local" && total > 0 && ` · ${t("{done} of {total} steps done", { done, total })}`}${b.merge_with && ` · ${t("two lists, the unit is asked whether they are one")}`}</p>
    ${b.state === "local" && plan && may("incident.declare") && html`<div class="row"><a class="btn grow" href="/app/declare?step=4" onClick=${() => prefill(plan)}><${Icon} name="warn" size="s" />${t("Declare {plan}", { plan: label(b.plan_title) })}</a></div>`}
  </li>`;
}

/** The draft names the plan; what somebody had written of the same plan stays. @param {Shown} plan */
async function prefill(plan) {
  await openDraft();
  if (draft.value && draft.value.plan !== plan.id) await change(withPlan(draft.value, plan));
}
