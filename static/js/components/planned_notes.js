/** What is planned for the person's units: when, and how long until then. */
import { t } from "../lib/text.js";
import { incidentName } from "../phone/incident_words.js";
import { now } from "../store/state.js";
import { planned } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { countdown, timesOf } from "./planned_words.js";

const SHOWN = 3;

export default function PlannedNotes() {
  const list = planned.value.slice(0, SHOWN);
  if (list.length === 0) return null;
  return html`<section class="sheet" aria-labelledby="planned">
    <div class="sheet__head"><h2 id="planned">${t("Planned")}</h2></div>
    <ul>${list.map(({ id, b }) => html`<li key=${id}><a class="msg" href=${`/app/planned?incident=${id}`}><${Icon} name="planned" />
      <span><span class="msg__title">${incidentName(b)}</span><span class="msg__meta"><b>${countdown(b, now.value)}</b><span>${timesOf(b)}</span></span></span>
      <${Icon} name="chevron" turns=${true} /></a></li>`)}</ul>
  </section>`;
}
