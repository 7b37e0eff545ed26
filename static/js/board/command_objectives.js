/** What is to be reached, by whom; met, dropped with a reason, or open and carried over. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import ReasonForm from "../components/reason_form.js";
import TextField from "../components/text_field.js";
import { useDraft } from "../components/use_draft.js";
import { clockTime } from "../lib/format.js";
import { inOrder } from "../lib/command_rules.js";
import { label, t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { row, rowsOf } from "../store/view.js";

const MAX = 160;
/** @type {Record<string, {tone: ""|"way"|"late", icon: string}>} */
const LOOK = { open: { tone: "", icon: "open" }, met: { tone: "way", icon: "check" }, dropped: { tone: "", icon: "skip" } };

/** @param {{incident: {id: string}, lines: import("../lib/command_rules.js").Line[]}} props */
export function CommandObjectives({ incident, lines }) {
  const found = inOrder(rowsOf("objective").filter(({ b }) => b.incident === incident.id));
  const open = found.filter(({ b }) => b.state === "open").length;
  return html`<section class="sheet" aria-labelledby="objectives">
    <div class="sheet__head"><h2 id="objectives">${t("Objectives")}</h2><p role="status">${t("{n} of {m} open", { n: open, m: found.length })}</p></div>
    <ul>${found.map((one) => html`<${Objective} key=${one.id} one=${one} />`)}</ul>
    <${Add} incident=${incident} lines=${lines} />
  </section>`;
}

/** @param {string} code */
const positionTitle = (code) => label(row("position", `position:${code}`)?.b.title) || code;

/** @param {string} state */
const stateWords = (state) => /** @type {Record<string, string>} */ ({ open: t("to reach"), met: t("met"), dropped: t("dropped") })[state] ?? state;

/** @param {{one: import("../lib/types.js").ViewRow}} props */
function Objective({ one: { id, b, pending } }) {
  const [dropping, drop] = useState(false);
  const say = (/** @type {string} */ to, note = "") => kept(record("objective.change", { objective: id, to, note }), t("Saved on this phone."));
  return html`<li class="ask">
    <p class="ask__head"><b>${b.text}</b><${Chip} plain=${b.state !== "met"} tone=${LOOK[b.state].tone} icon=${LOOK[b.state].icon}>${stateWords(b.state)}<//></p>
    <p class="msg__meta">${positionTitle(b.owner)} · ${t("period {no}", { no: b.period })} · ${b.state === "open" ? clockTime(b.at) : `${b.changed_by_name} ${clockTime(b.changed_at)}`}${pending && ` · ${t("Saved on this phone")}`}</p>
    ${b.note && html`<p>“${b.note}”</p>`}
    ${dropping ? html`<${ReasonForm} label=${t("Why is it dropped?")} suggestions=${[t("No longer needed"), t("Replaced by another")]} button=${t("Drop it")} icon="skip" onSubmit=${(/** @type {string} */ reason) => { drop(false); void say("dropped", reason); }} />`
      : html`<div class="row">${b.state === "open" ? html`<button type="button" class="btn grow" onClick=${() => say("met")}><${Icon} name="check" size="s" />${t("Met")}</button><button type="button" class="btn" onClick=${() => drop(true)}>${t("Drop…")}</button>`
        : html`<button type="button" class="btn" onClick=${() => say("open")}><${Icon} name="undo" size="s" />${t("Open again")}</button>`}</div>`}
  </li>`;
}

/** @param {{incident: {id: string}, lines: import("../lib/command_rules.js").Line[]}} props */
function Add({ incident, lines }) {
  const [{ text, owner }, set, drop] = useDraft(`objective:${incident.id}`, { text: "", owner: lines[0]?.code ?? "" });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const chosen = owner || (lines[0]?.code ?? "");
    if (text.trim() && (await kept(record("objective.add", { incident: incident.id, text: text.trim(), owner: chosen }), t("Objective set. Saved on this phone.")))) drop();
  };
  return html`<form class="sheet__body" onSubmit=${submit}>
    <${TextField} id="ob-text" label=${t("A new objective")} rows=${2} max=${MAX} warning=${t("what, by when; no patient names")} value=${text} onInput=${(/** @type {string} */ next) => set({ text: next, owner })} />
    <div class="field"><label for="ob-owner"><span>${t("Who answers for it")}</span></label>
      <select class="input" id="ob-owner" value=${owner} onChange=${(/** @type {any} */ event) => set({ text, owner: event.target.value })}>${lines.map((line) => html`<option key=${line.code} value=${line.code}>${label(line.b.title)}</option>`)}</select></div>
    <button type="submit" class="btn btn--main" disabled=${!text.trim()}><${Icon} name="plus" size="s" />${t("Set it")}</button>
  </form>`;
}
