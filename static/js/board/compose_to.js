/** Who gets the update, and who has to answer. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { targetUnits } from "../lib/compose_rules.js";
import { toggled } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { roles, row } from "../store/view.js";
import RadioRow from "../components/radio_row.js";
import { Pick } from "./pick.js";

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */
/** As tall as a thumb. */
const LINE = { minBlockSize: "var(--target)", alignItems: "center" };

/** @param {{draft: ComposeDraft, set: (patch: any) => void, incident: any}} props incident: body */
export function ComposeTo({ draft, set, incident }) {
  const ways = [{ value: "all", words: t("All units") }, { value: "units", words: t("Units") }, { value: "roles", words: t("Roles") }];
  const answers = [{ value: "unit", words: t("Each unit") }, { value: "person", words: t("Each person") }, { value: "none", words: t("Nobody") }];
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="compose__to" style=${LINE} aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
      <${Icon} name="two" size="s" /><span><b>${whoWords(draft, incident)}</b> ${ackWords(draft.ack)} <u>${open ? t("Close") : t("Change")}</u></span>
    </button>
    ${open && html`
      <${RadioRow} label=${t("To")} choices=${ways} value=${draft.to} onChange=${(/** @type {string} */ to) => set({ to })} />
      ${draft.to === "units" && html`<${UnitPicks} draft=${draft} set=${set} ids=${incident.units ?? []} />`}
      ${draft.to === "roles" && html`<${RolePicks} draft=${draft} set=${set} />`}
      <div class="field">
        <span class="label">${t("Who acknowledges")}</span>
        <${RadioRow} label=${t("Who acknowledges")} choices=${answers} value=${draft.ack} onChange=${(/** @type {string} */ ack) => set({ ack })} />
      </div>
    `}
  `;
}

/** @param {ComposeDraft} draft @param {any} incident body */
function whoWords(draft, incident) {
  const n = targetUnits(draft, incident).length;
  const units = n === 1 ? t("1 unit.") : t("{n} units.", { n });
  if (draft.to !== "roles") return units;
  return t("{roles} in {units}", { roles: draft.roles.map((id) => label(row("role", id)?.b.title ?? id)).join(", ") || "–", units });
}

/** @param {string} ack */
const ackWords = (ack) => (ack === "unit" ? t("Units acknowledge.") : ack === "person" ? t("Each person acknowledges.") : t("Nobody has to answer."));

/** @param {{draft: ComposeDraft, set: (patch: any) => void, ids: string[]}} props */
function UnitPicks({ draft, set, ids }) {
  return html`
    <div class="sheet" role="group" aria-label=${t("Units")}>
      ${ids.map((id) => html`<${Pick} key=${id} icon="unit" title=${label(row("unit", id)?.b.name ?? id)} checked=${draft.units.includes(id)} onToggle=${() => set({ units: toggled(draft.units, id) })} />`)}
    </div>
  `;
}

/** @param {{draft: ComposeDraft, set: (patch: any) => void}} props */
function RolePicks({ draft, set }) {
  return html`
    <div class="sheet" role="group" aria-label=${t("Roles")}>
      ${roles.value.map(({ id, b }) => html`<${Pick} key=${id} icon="person" title=${label(b.title)} checked=${draft.roles.includes(id)} onToggle=${() => set({ roles: toggled(draft.roles, id) })} />`)}
    </div>
  `;
}
