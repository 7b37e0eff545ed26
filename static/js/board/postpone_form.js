/** Another time, with its reason; both voices are asked again. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import ReasonForm from "../components/reason_form.js";
import { fieldOf, instantOf } from "../lib/planned_rules.js";
import { t } from "../lib/text.js";
import { session } from "../store/state.js";
import { ask } from "./planned_ask.js";
import { RefusedLine } from "./refused_line.js";
import { TimeField } from "./time_field.js";

/** @param {{incident: {id: string, b: any}}} props */
export default function PostponeForm({ incident: { id, b } }) {
  const tz = session.value?.site.tz ?? "UTC";
  const [open, show] = useState(false);
  const [start, setStart] = useState(fieldOf(b.clocks.planned, tz));
  const [end, setEnd] = useState(fieldOf(b.planned_end_at, tz));
  if (!open) return html`<button type="button" class="btn btn--wide" onClick=${() => show(true)}>${t("Another time…")}</button>`;
  const submit = async (/** @type {string} */ reason) => {
    const args = { incident: id, planned_start_at: instantOf(start, tz), planned_end_at: instantOf(end, tz), reason };
    if (await ask("incident.postpone", args)) show(false);
  };
  return html`<section class="sheet" aria-labelledby="later"><div class="sheet__head"><h2 id="later">${t("Another time")}</h2></div>
    <div class="sheet__body"><${TimeField} id="pp-start" label=${t("Planned start")} value=${start} onInput=${setStart} /><${TimeField} id="pp-end" label=${t("Planned end")} value=${end} onInput=${setEnd} />
      <${RefusedLine} kind="incident.postpone" incident=${id} /></div>
    <${ReasonForm} label=${t("Why?")} suggestions=${[t("The vendor is not ready"), t("Too many patients")]} button=${t("Move it")} icon="clock" onSubmit=${submit} /></section>`;
}
