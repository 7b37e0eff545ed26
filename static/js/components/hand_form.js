/** Hand one step to another card: a line for them, and to whom. */
import { useState } from "preact/hooks";

import { targetsOf } from "../lib/step_rules.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { row, rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { roleTitle, unitName } from "./place.js";
import TextField from "./text_field.js";

/** @param {{task: import("../lib/types.js").ViewRow, onDone: () => void}} props */
export default function HandForm({ task, onDone }) {
  const [note, write] = useState("");
  const { b } = task;
  const ids = row("incident", b.incident)?.b.units ?? [b.unit];
  const places = targetsOf(b, rowsOf("card").filter((card) => card.b.plan === b.plan), rowsOf("unit").filter((unit) => ids.includes(unit.id)));
  const hand = async (/** @type {{unit: string, role: string}} */ to) => {
    const step = { code: b.code, title: b.title, safety: b.safety, state: b.state, by_name: b.by_name, at: b.at };
    const args = { unit: to.unit, role: to.role, to: null, note: note.trim(), task: task.id, from_unit: b.unit, from_role: b.role, step };
    if (await kept(record("handover.offer", args), t("Offered. It is yours until somebody takes it."))) onDone();
  };
  return html`<div class="sheet__body"><${TextField} id="hand-note" label=${t("What they must know")} rows=${2} max=${400} value=${note} onInput=${write} /></div>
    <div>${places.map((to) => html`<button type="button" key=${`${to.unit}|${to.role}`} class="pick" onClick=${() => hand(to)}>
      <span class="pick__icon"><${Icon} name="runner" /></span><span><b>${roleTitle(to.role)}</b><small>${unitName(to.unit)}</small></span><${Icon} name="chevron" turns=${true} /></button>`)}
      ${places.length === 0 && html`<p class="empty"><${Icon} name="info" /><span>${t("No other card of this plan is in your unit.")}</span></p>`}</div>`;
}
