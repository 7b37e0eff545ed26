/** "What if X is down?": every workaround for the person's units and roles, kept on this phone. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Instead from "../components/instead.js";
import Note from "../components/note.js";
import RadioRow from "../components/radio_row.js";
import { unitShort } from "../components/place.js";
import { entriesFor, pick } from "../lib/workaround_rules.js";
import { t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { route } from "../store/state.js";
import { me, row, services } from "../store/view.js";
import { entriesOf, rolesIn } from "./in_use_items.js";

export default function WhatIf() {
  const { units } = me.value;
  const unit = units.includes(route.value.params.unit) ? route.value.params.unit : units[0];
  const found = unit ? readyFor(unit) : [];
  return html`<${Frame}><main class="phone__main" id="main">
    <h1 class="title">${t("What if it is down?")}</h1>
    <p>${t("What your unit does instead. It opens without network.")}</p>
    ${units.length > 1 && html`<${RadioRow} label=${t("For which unit")} value=${unit} onChange=${(/** @type {string} */ id) => go(`/app/what-if?unit=${id}`)} choices=${units.map((id) => ({ value: id, words: unitShort(id) }))} />`}
    ${found.length === 0 ? html`<${Note} icon="info">${t("Nothing is written for your unit yet.")}<//>` : html`<section class="sheet" aria-label=${t("What to do instead")}>
      ${found.map(({ service, title, entry }) => html`<${Instead} key=${`${service}:${entry.code}`} title=${title} entry=${entry} />`)}</section>`}
  </main><//>`;
}

/** @param {string} unit */
function readyFor(unit) {
  const type = row("unit", unit)?.b.type ?? "";
  return services.value.flatMap(({ b: { code } }) =>
    pick(entriesFor(entriesOf(code), unit, type), rolesIn(unit)).map(({ entry }) => ({ service: code, entry, title: row("workaround", `workaround:${code}`)?.b.title })));
}
