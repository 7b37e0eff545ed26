/** Who gets the update, and who has to answer. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { unitsHit } from "../lib/blast.js";
import { targetUnits } from "../lib/compose_rules.js";
import { toggled } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { roles, row, services, units } from "../store/view.js";
import { AudienceCount } from "./audience_count.js";
import { PersonPicks } from "./person_picks.js";
import RadioRow from "../components/radio_row.js";
import { Pick } from "./pick.js";

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */
/** As tall as a thumb. */
const LINE = { minBlockSize: "var(--target)", alignItems: "center" };

/** @param {{draft: ComposeDraft, set: (patch: any) => void, incident: import("../lib/compose_rules.js").Shown}} props */
export function ComposeTo({ draft, set, incident }) {
  const ways = [{ value: "all", words: t("All units") }, { value: "units", words: t("Units") }, { value: "roles", words: t("Roles") }, { value: "services", words: t("Services") }, { value: "people", words: t("People") }];
  const answers = [{ value: "unit", words: t("Each unit") }, { value: "person", words: t("Each person") }, { value: "none", words: t("Nobody") }];
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="compose__to" style=${LINE} aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
      <${Icon} name="two" size="s" /><span><b>${whoWords(draft, incident.b)}</b> <${AudienceCount} draft=${draft} incident=${incident.id} /> ${ackWords(draft.ack)} <u>${open ? t("Close") : t("Change")}</u></span>
    </button>
    ${open && html`
      <${RadioRow} label=${t("To")} choices=${ways} value=${draft.to} onChange=${(/** @type {string} */ to) => set({ to })} />
      ${draft.to === "units" && html`<${UnitPicks} draft=${draft} set=${set} ids=${incident.b.units ?? []} />`}
      ${draft.to === "services" && html`<${ServicePicks} draft=${draft} set=${set} />`}
      ${draft.to === "people" && html`<${PersonPicks} draft=${draft} set=${set} />`}
      ${draft.to !== "people" && html`<${Pick} icon="clock" title=${t("Only who is on duty now")} checked=${draft.on_duty} onToggle=${() => set({ on_duty: !draft.on_duty })} />`}
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
  if (draft.to === "people") return draft.people.length === 0 ? t("Nobody yet.") : draft.people.map(({ name }) => name).join(", ");
  const n = targetUnits(draft, incident, unitsHit(draft.services, services.value, units.value)).length;
  const inUnits = n === 1 ? t("1 unit.") : t("{n} units.", { n });
  if (draft.to !== "roles") return inUnits;
  return t("{roles} in {units}", { roles: draft.roles.map((id) => label(row("role", id)?.b.title ?? id)).join(", ") || "–", units: inUnits });
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
function ServicePicks({ draft, set }) {
  return html`
    <div class="sheet" role="group" aria-label=${t("Services")}>
      ${services.value.map(({ id, b }) => html`<${Pick} key=${id} icon="info" title=${b.title} hint=${hitWords(id)} checked=${draft.services.includes(id)} onToggle=${() => set({ services: toggled(draft.services, id) })} />`)}
    </div>
  `;
}

/** @param {string} code */
function hitWords(code) {
  const n = unitsHit([code], services.value, units.value).length;
  return n === 1 ? t("1 unit needs it") : t("{n} units need it", { n });
}

/** @param {{draft: ComposeDraft, set: (patch: any) => void}} props */
function RolePicks({ draft, set }) {
  return html`
    <div class="sheet" role="group" aria-label=${t("Roles")}>
      ${roles.value.map(({ id, b }) => html`<${Pick} key=${id} icon="person" title=${label(b.title)} checked=${draft.roles.includes(id)} onToggle=${() => set({ roles: toggled(draft.roles, id) })} />`)}
    </div>
  `;
}
