/** Words that lie ready before the start: read, change, send; then it is ticked for all leaders. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { toMs } from "../lib/clock.js";
import { dayAndTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { go, record } from "../store/actions.js";
import { now } from "../store/state.js";
import { row } from "../store/view.js";
import { prefill } from "./compose_draft.js";

/** @param {{incident: {id: string, b: any}}} props */
export default function PlannedNotices({ incident: { id, b } }) {
  const calendar = row("calendar", "calendar")?.b.path;
  return html`<section class="sheet" aria-labelledby="notices">
    <div class="sheet__head"><h2 id="notices">${t("Notices")}</h2></div>
    <ul>${b.notices.map((/** @type {any} */ notice) => html`<${Notice} key=${notice.key} id=${id} b=${b} notice=${notice} />`)}</ul>
    ${calendar && html`<p class="sheet__body"><a href=${calendar}>${t("Calendar address for all planned downtimes")}</a></p>`}
  </section>`;
}

/** @param {{id: string, b: any, notice: any}} props */
function Notice({ id, b, notice }) {
  const due = toMs(notice.due_at) <= now.value;
  const write = async () => {
    await prefill(id, b, { headline: label(notice.headline), do_now: label(notice.do_now) });
    go(`/app/compose?incident=${id}`);
  };
  return html`<li class="ask">
    <p class="ask__head"><b>${notice.key}</b>${dayAndTime(notice.due_at)}
      ${notice.sent_at ? html`<${Chip} plain icon="check">${t("done by {name}", { name: notice.by_name })}<//>` : due ? html`<${Chip} tone="late" icon="late">${t("due")}<//>` : html`<${Chip} plain icon="clock">${t("to come")}<//>`}</p>
    <p>${label(notice.headline)}</p>
    ${!notice.sent_at && html`<div class="row"><button type="button" class=${due ? "btn btn--main grow" : "btn grow"} onClick=${write}><${Icon} name="updates" size="s" />${t("Write it")}</button>
      <button type="button" class="btn" onClick=${() => record("incident.notice", { incident: id, key: notice.key })}>${t("Done")}</button></div>`}
  </li>`;
}
