/** The forms of a step: help, skip, earlier, note, wrong, open again. */
import { useState } from "preact/hooks";

import { iso } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { addNote, complete, flagStep, needHelp, reopen, skip } from "../phone/task_acts.js";
import { now } from "../store/state.js";
import HandForm from "./hand_form.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import ReasonForm from "./reason_form.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */

/** @type {Record<string, () => {label: string, button: string, icon: string, suggestions: string[], optional?: boolean, act: (task: Task, text: string) => unknown}>} */
const FORMS = {
  help: () => ({
    label: t("What is missing?"), button: t("Ask for help"), icon: "hand", optional: true, act: needHelp,
    suggestions: [t("No printer or toner"), t("Not enough hands"), t("Something else is down"), t("Cannot reach them")],
  }),
  skip: () => ({
    label: t("Why is it not done here?"), button: t("Skip this step"), icon: "skip", act: skip,
    suggestions: [t("Not needed on this unit"), t("Another unit does it"), t("Not possible now")],
  }),
  note: () => ({ label: t("Note for the unit"), button: t("Keep the note"), icon: "pen", suggestions: [], act: addNote }),
  wrong: () => ({
    label: t("What is wrong with it?"), button: t("Tell the owner of the plan"), icon: "flag", act: flagStep,
    suggestions: [t("Not how we work here"), t("Number or place has changed"), t("Not safe")],
  }),
  reopen: () => ({
    label: t("Why is it open again?"), button: t("Open it again"), icon: "undo", act: reopen,
    suggestions: [t("Ticked by mistake"), t("Has to be done again")],
  }),
};

/** @param {{form: string, task: Task, onDone: () => void}} props */
export default function TaskForm({ form, task, onDone }) {
  if (form === "hand") return html`<${HandForm} task=${task} onDone=${onDone} />`;
  if (form === "earlier") return html`<${EarlierForm} task=${task} onDone=${onDone} />`;
  const { act, ...words } = FORMS[form]();
  const submit = async (/** @type {string} */ text) => {
    await act(task, text);
    onDone();
  };
  return html`<${ReasonForm} ...${words} onSubmit=${submit} />`;
}

/** The tick carries the time of the tap; the real time stands beside it as words. @param {{task: Task, onDone: () => void}} props */
function EarlierForm({ task, onDone }) {
  const [time, choose] = useState(clockTime(iso(now.value)));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    await complete(task, {}, t("done at {time}, entered later", { time }));
    onDone();
  };
  return html`<form class="sheet__body" onSubmit=${submit}>
    <div class="field"><label for="earlier">${t("When was it done?")}</label>
      <input class="input" id="earlier" type="time" required value=${time} onInput=${(/** @type {any} */ event) => choose(event.target.value)} /></div>
    <button type="submit" class="btn btn--main btn--wide"><${Icon} name="check" />${t("Done at {time}", { time })}</button>
  </form>`;
}
