/** Hand a request to another leader: one tap on a name. */
import { html } from "../components/html.js";
import { inSentence, roleTitle } from "../components/place.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { row } from "../store/view.js";

const GAP = { display: "grid", gap: "var(--space-2)" };

/** @param {{request: any, onDone: () => void}} props */
export function AskHand({ request, onDone }) {
  const people = (row("leaders", "leaders")?.b.people ?? []).filter((/** @type {any} */ one) => one.id !== request.b.owner);
  const hand = async (/** @type {any} */ one) => {
    await record("help.hand", { help: request.id, to: one.id, to_name: one.name });
    onDone();
  };
  return html`
    <div role="group" style=${GAP} aria-label=${t("Hand it to")}>
      <p class="quiet">${people.length > 0 ? t("Hand it to") : t("Nobody else leads here now.")}</p>
      ${people.map((/** @type {any} */ one) => html`<button key=${one.id} type="button" class="btn btn--wide" onClick=${() => hand(one)}>${one.name}, ${one.roles.map((/** @type {string} */ role) => inSentence(roleTitle(role))).join(", ")}</button>`)}
      <button type="button" class="btn" onClick=${onDone}>${t("Back")}</button>
    </div>
  `;
}
