/** Step 4: read it once, then declare. The only step that talks to the server. */
import { signal } from "@preact/signals";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { chosenUnits, declareArgs, declareOutcome, lacksTimes } from "../lib/declare_rules.js";
import { t } from "../lib/text.js";
import { askServer, go } from "../store/actions.js";
import { now, session } from "../store/state.js";
import { isFresh } from "./contact_words.js";
import { change, doneWithDraft } from "./declare_draft.js";
import { DeclareAnswer } from "./declare_answer.js";
import { DeclareWhen } from "./declare_when.js";
import { DeclareSummary } from "./declare_summary.js";

/** @typedef {import("../lib/declare_rules.js").DeclareDraft} DeclareDraft */
/** @typedef {import("../lib/declare_rules.js").Shown} Shown */

const sending = signal(false);
/** @type {import("@preact/signals").Signal<{incident: string, error?: any, result?: any}|null>} what the last try brought */
const answer = signal(null);

/** @param {DeclareDraft} draft @param {Shown} plan a second tap while the first is under way does nothing */
async function declare(draft, plan) {
  if (sending.value) return;
  sending.value = true;
  answer.value = null;
  try {
    await settle(draft, await askServer("incident.declare", declareArgs(draft, plan, session.value?.site.tz)));
  } catch (error) {
    await change({ asked_at: now.value });
    answer.value = { incident: draft.incident, error };
  } finally {
    sending.value = false;
  }
}

/** @param {DeclareDraft} draft @param {any} result */
async function settle(draft, result) {
  const outcome = declareOutcome(result);
  if (outcome !== "declared") return void (answer.value = { incident: draft.incident, result });
  await doneWithDraft();
  go(draft.when === "later" ? `/app/planned?incident=${draft.incident}` : "/app/board");
}

/** @param {{draft: DeclareDraft, plan: Shown, steps: any}} props */
export function DeclareConfirm({ draft, plan, steps }) {
  const mine = answer.value?.incident === draft.incident ? answer.value : null;
  const wasFirst = Boolean(mine?.result) && declareOutcome(mine?.result) === "by_other";
  const count = chosenUnits(draft, plan).length;
  return html`
    <main class="phone__main" id="main">${steps}<${DeclareSummary} draft=${draft} plan=${plan} /><${DeclareWhen} draft=${draft} /></main>
    <section class="dock" aria-label=${t("Confirm")}>
      <div role="status">${mine || draft.asked_at ? html`<${DeclareAnswer} answer=${mine} draft=${draft} />` : html`<p>${draft.when === "later" ? laterWords(draft) : beforeWords(count)}</p>`}</div>
      ${wasFirst
        ? html`<a class="btn btn--main btn--wide" href="/app/board" onClick=${() => doneWithDraft()}>${t("Open the board")}</a>`
        : html`<${DeclareButton} draft=${draft} plan=${plan} disabled=${count === 0 || lacksTimes(draft)} />`}
    </section>
  `;
}

/** @param {DeclareDraft} draft */
const laterWords = (draft) => (lacksTimes(draft) ? t("Say when it starts and ends.") : t("Nobody works on paper before it starts. IT and a clinical lead say go first."));

/** @param {number} count of units */
const beforeWords = (count) =>
  isFresh() ? t("Cards go out at once, units: {n}. Clocks start now. You can cancel; the record stays.", { n: count }) : t("No contact now. Declaring waits for you, it is never sent later by itself.");

/** @param {{draft: DeclareDraft, plan: Shown, disabled: boolean}} props only a real one is red */
function DeclareButton({ draft, plan, disabled }) {
  const exercise = draft.kind === "exercise";
  const later = draft.when === "later";
  const words = later ? (sending.value ? t("Planning…") : t("Plan it")) : sending.value ? t("Declaring…") : exercise ? t("Declare exercise") : t("Declare real incident");
  return html`
    <button type="button" class=${`btn btn--main btn--wide${exercise || later ? "" : " btn--stop"}`} aria-busy=${String(sending.value)} disabled=${disabled} onClick=${() => declare(draft, plan)}>
      <${Icon} name="updates" />${words}
    </button>
  `;
}
