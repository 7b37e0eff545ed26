/** A draft on a phone: choose a role, tick the card through. Nothing leaves the phone, nothing is kept. */
import { signal } from "@preact/signals";
import { render } from "preact";

import { html } from "../../components/html.js";
import Note from "../../components/note.js";
import es from "../../i18n/es.js";
import { useZone } from "../../lib/format.js";
import { addLanguage, chooseLanguage, t } from "../../lib/text.js";
import { createApi } from "../../live/api.js";
import { roleName } from "./card_list.js";
import Preview from "./preview.js";
import { choices, value } from "./state.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#try"));
const { plan = "", version = "", tz = "UTC" } = document.body.dataset;
const role = signal("");
const refusal = signal("");

async function load() {
  const query = version ? `?version=${encodeURIComponent(version)}` : "";
  try {
    const answer = await createApi().ask(`/api/plans/${encodeURIComponent(plan)}/try${query}`, undefined, (one) => typeof one.plan === "string");
    choices.value = answer;
    value.value = answer.value;
    role.value = answer.value.cards?.[0]?.role ?? "";
  } catch (error) {
    refusal.value = /** @type {any} */ (error).msg || t("No contact with the server. Try once more.");
  }
}

function Try() {
  if (refusal.value) return html`<main class="phone__main"><${Note} icon="refused" tone="late" lead=${refusal.value} /></main>`;
  const cards = value.value.cards ?? [];
  return html`<main class="phone__main" id="main"><h1 class="title">${value.value.title}</h1>
    <${Note} icon="exercise" lead=${t("This is for trying a card out. It orders nothing.")}>${t("Nothing here is recorded.")}<//>
    <div class="field"><label for="role">${t("Card")}</label><select class="input" id="role" value=${role.value} onChange=${(/** @type {any} */ event) => (role.value = event.target.value)}>${cards.map((/** @type {any} */ card) => html`<option key=${card.role} value=${card.role}>${roleName(card)}</option>`)}</select></div>
    <${Preview} key=${role.value} card=${cards.find((/** @type {any} */ card) => card.role === role.value)} /></main>`;
}

addLanguage("es", es);
chooseLanguage([document.documentElement.lang]);
useZone(tz);
await load();
root.replaceChildren();
render(html`<${Try} />`, root);
