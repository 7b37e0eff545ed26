/** When the next word comes. A missed promise is said as it is; without contact nobody waits for it in vain. */
import { clockTime, minutesUntil } from "../lib/format.js";
import { t } from "../lib/text.js";
import { inMinutes, lateBy } from "../phone/task_state.js";
import { now } from "../store/state.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { deskPhone, telLink } from "./place.js";

/** @param {{at: string|null|undefined, past?: boolean, exercise?: boolean}} props */
export default function NextUpdate({ at, past = false, exercise = false }) {
  const minutes = minutesUntil(at, now.value);
  if (!at || minutes === null) return null;
  if (past) return html`<${OutOfReach} at=${at} />`;
  if (minutes < 0) return html`<${Missed} at=${at} minutes=${-minutes} />`;
  return html`<div class="promise"><${Icon} name="clock" />
    <p><b>${exercise ? t("Next exercise update") : t("Next update")}</b>${exercise ? inMinutes(minutes) : t("{when}, even if nothing changed", { when: inMinutes(minutes) })}</p>
    <span class="promise__at"><${ClockTime} at=${at} /></span></div>`;
}

/** @param {{at: string, minutes: number}} props */
function Missed({ at, minutes }) {
  const phone = deskPhone();
  return html`<div class="promise promise--missed"><${Icon} name="late" />
    <p><b>${t("Update overdue since {time}", { time: clockTime(at) })}</b><${Chip} plain tone="late">${phone ? t("{late}, call {phone}", { late: lateBy(minutes), phone }) : lateBy(minutes)}<//></p>
    <${Call} phone=${phone} /></div>`;
}

/** @param {{at: string}} props */
function OutOfReach({ at }) {
  const phone = deskPhone();
  return html`<div class="promise"><${Icon} name="phone" />
    <p><b>${t("Update promised for {time}", { time: clockTime(at) })}</b>${phone ? t("cannot reach this phone. Call {phone}.", { phone }) : t("cannot reach this phone.")}</p>
    <${Call} phone=${phone} /></div>`;
}

/** @param {{phone: string}} props */
function Call({ phone }) {
  if (!phone) return null;
  return html`<a class="btn btn--square" href=${telLink(phone)} aria-label=${t("Call {phone}", { phone })}><${Icon} name="phone" /></a>`;
}
