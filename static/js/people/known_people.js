/** Faces of those who have signed in on this device, and how much of theirs waits here. A tap chooses who is here now. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName } from "../components/place.js";
import { t } from "../lib/text.js";
import { people } from "../store/state.js";

/** @typedef {import("../store/state.js").Face} Face */

/** @param {{chosen: string, onChoose: (id: string) => void}} props */
export default function KnownPeople({ chosen, onChoose }) {
  const known = people.value;
  if (known.length === 0) return null;
  return html`<div class="people" role="radiogroup" aria-label=${t("Have signed in on this device")}>
    ${known.map((person) => html`<${OneFace} key=${person.id} person=${person} isChosen=${person.id === chosen} onChoose=${onChoose} />`)}
  </div>`;
}

/** @param {{person: Face, isChosen: boolean, onChoose: (id: string) => void}} props */
function OneFace({ person, isChosen, onChoose }) {
  const { id, name, waiting } = person;
  return html`<button type="button" class="face" role="radio" aria-checked=${isChosen ? "true" : "false"} onClick=${() => onChoose(id)}>
    <span class="face__init" aria-hidden="true">${name[0]}</span><span><b>${name}</b><small>${howWords(person)}</small></span>
    ${waiting > 0 ? html`<${Chip} tone="saved" icon="saved">${t("{n} saved", { n: waiting })}<//>` : isChosen && html`<${Icon} name="check" />`}
  </button>`;
}

/** What opens this person's screens. @param {Face} person */
function howWords({ opens, due, waiting }) {
  if (due && waiting > 0) return t("has to sign in before they can be sent");
  if (opens === "pin") return t("with PIN");
  return opens === "tap" ? t("was here last") : t("with password");
}

/** What becomes of the entries of others, or of all. @param {Face[]} known @param {string} chosen */
export function entriesWords(known, chosen) {
  const others = known.filter(({ id, waiting }) => id !== chosen && waiting > 0);
  if (others.length !== 1) return t("Entries of others on this device stay theirs and go out under their names.");
  const { name, waiting, due } = others[0];
  const values = { n: waiting, name: firstName(name) };
  if (due) return t("What {name} recorded is kept on this device ({n}). It goes out when {name} signs in.", values);
  return t("What {name} recorded here ({n}) stays under that name and is sent by itself.", values);
}
