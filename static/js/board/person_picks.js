/** Single people, found by a part of their name. Names come from the server: phones keep no list of everybody. */
import { useEffect, useState } from "preact/hooks";

import { html } from "../components/html.js";
import { roleTitle, unitShort } from "../components/place.js";
import { t } from "../lib/text.js";
import { findPeople } from "../store/questions.js";
import { Pick } from "./pick.js";

const PAUSE_MS = 300;
const LETTERS = 2;

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, set: (patch: any) => void}} props */
export function PersonPicks({ draft, set }) {
  const [text, setText] = useState("");
  const [found, show] = useState(/** @type {any[]|null} */ ([]));
  useEffect(() => {
    if (text.trim().length < LETTERS) return show([]);
    const timer = setTimeout(() => findPeople(text.trim()).then(show, () => show(null)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const chosen = draft.people.map(({ id }) => id);
  const toggle = (/** @type {{id: string, name: string}} */ { id, name }) => set({ people: chosen.includes(id) ? draft.people.filter((one) => one.id !== id) : [...draft.people, { id, name }] });
  const shown = [...draft.people.filter(({ id }) => !found?.some((one) => one.id === id)), ...(found ?? [])];
  return html`<div class="field"><label for="pp">${t("Name")}</label><input class="input" id="pp" type="search" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></div>
    ${found === null && html`<p class="quiet" role="status">${t("No contact.")} ${t("Names come from the server.")}</p>`}
    <div class="sheet" role="group" aria-label=${t("People")}>
      ${shown.map((person) => html`<${Pick} key=${person.id} icon="person" title=${person.name} hint=${placeWords(person)} checked=${chosen.includes(person.id)} onToggle=${() => toggle(person)} />`)}
    </div>`;
}

/** @param {any} person */
const placeWords = ({ units, roles }) => [...(units ?? []).map(unitShort), ...(roles ?? []).map(roleTitle)].join(", ");
