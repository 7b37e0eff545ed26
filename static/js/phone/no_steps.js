/** A card without a step: there is none for this person, or it has not come yet. The two must never look alike. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { stepsAwaited } from "../store/at_hand.js";
import { myCards } from "./my_cards.js";

/** @param {{work: import("../lib/types.js").ViewRow, unit?: string}} props the incident or own start; whose steps, if not the person's own */
export default function NoSteps({ work, unit }) {
  if (!stepsAwaited(work, unit)) {
    return html`<${Note} icon="info" lead=${t("No steps for you in this incident.")}>${t("Read the updates. Ask your charge nurse where you are needed.")}<//>`;
  }
  const card = myCards().find(({ b }) => b.plan === work.b.plan);
  return html`
    <${Note} icon="warn" tone="late" role="status" lead=${t("Your steps are still on their way to this phone.")}>${t("Do not wait for them: begin with the paper card, or ask a colleague who has them.")}<//>
    ${card && html`<a class="btn btn--wide" href=${`/app/card?plan=${card.b.plan}&role=${card.b.role}`}><${Icon} name="card" />${t("Read the card as it lies ready")}</a>`}`;
}
