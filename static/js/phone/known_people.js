/** Faces of those who have signed in on this device, and how much of theirs waits here. A tap fills in the name. */
import { html } from "../components/html.js";
import Chip from "../components/chip.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { people } from "../store/state.js";

/** @param {{chosen: string, onChoose: (username: string) => void}} props */
export default function KnownPeople({ chosen, onChoose }) {
  const known = people.value;
  if (known.length === 0) return null;
  return html`<div class="people" role="radiogroup" aria-label=${t("Have signed in on this device")}>
    ${known.map((person) => html`<${Face} key=${person.id} person=${person} isChosen=${person.username === chosen} onChoose=${onChoose} />`)}
  </div>`;
}

/** @param {{person: import("../store/state.js").Face, isChosen: boolean, onChoose: (username: string) => void}} props */
function Face({ person: { name, username, waiting }, isChosen, onChoose }) {
  return html`<button type="button" class="face" role="radio" aria-checked=${isChosen ? "true" : "false"} onClick=${() => onChoose(username)}>
    <span class="face__init" aria-hidden="true">${name[0]}</span><span><b>${name}</b><small>${username}</small></span>
    ${waiting > 0 ? html`<${Chip} tone="saved" icon="saved">${t("{n} saved", { n: waiting })}<//>` : isChosen && html`<${Icon} name="check" />`}
  </button>`;
}
