/** Nothing is down: say so with its age, and what lies ready on this phone. */
import { toneOf } from "../components/contact_words.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Mark from "../components/mark.js";
import Note from "../components/note.js";
import OtherDevice from "../components/other_device.js";
import { deskPhone, telLink, unitShort } from "../components/place.js";
import PlannedNotes from "../components/planned_notes.js";
import { quietNotes } from "../components/quiet_notes.js";
import ShiftOffers from "../components/shift_offers.js";
import { toMs } from "../lib/clock.js";
import { clockTime, dayAndTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { isInformed } from "../store/at_hand.js";
import { unitsToStart } from "../store/own_start.js";
import { isLeader, may, me, rowsOf } from "../store/view.js";
import { myCards } from "./my_cards.js";
import { incidentName, incidentNo } from "./incident_words.js";
import StorageEmptied from "./storage_emptied.js";
import { ownStartWords, undeclared } from "./undeclared.js";

const RECENT_MS = 24 * 3600_000;

/** @param {{last?: import("../lib/types.js").ViewRow, heading?: boolean}} props the newest incident, if there ever was one; whether nothing newer is known than that all was quiet */
export default function Quiet({ last, heading = true }) {
  const isLive = isInformed() && toneOf(contact.value, now.value) === "live";
  const phone = deskPhone();
  const begun = isLeader.value ? undeclared() : [];
  return html`
    ${heading && html`<section class="band band--quiet" data-ground="night" aria-labelledby="what">
      <${Mark} big out=${!isLive} />
      <h1 class="band__title" id="what">${quietTitle(isLive, begun.length > 0)}</h1>
      <p class="quiet__say">${checkedWords(isLive)} ${isInformed() && t("Your cards and phone numbers are on this phone and open without network.")}</p>
    </section>`}
    <main class="phone__main" id="main">
      <${StorageEmptied} /><${OtherDevice} /><${ShiftOffers} />
      <${PlannedNotes} />${quietNotes.value.map((Late) => html`<${Late} />`)}
      ${begun.map(({ id, b }) => html`<${Note} key=${id} icon="warn" tone="late" lead=${ownStartWords(b)}><a class="btn" href="/app/board">${t("Look at the board")}</a><//>`)}
      <${Ended} last=${last} />
      ${may("incident.declare") && html`<a class="btn btn--main btn--wide btn--tall" href="/app/declare"><${Icon} name="updates" />${t("Declare an incident")}</a>`}
      <section class="sheet" aria-labelledby="ready">
        <div class="sheet__head"><h2 id="ready">${t("On this phone")}</h2></div>
        <ul>
          <${Ready} href="/app/card" icon="card" title=${me.value.units[0] ? t("Cards for {unit}", { unit: unitShort(me.value.units[0]) }) : t("My cards")} meta=${plans(myCards().length)} />
          ${rowsOf("workaround").length > 0 && html`<${Ready} href="/app/what-if" icon="down" title=${t("What if it is down?")} meta=${t("what your unit does instead")} />`}
          <${Ready} href="/app/help" icon="phone" title=${t("Phone list")} meta=${t("{n} numbers that work without the network", { n: rowsOf("contact").length })} />
          <${Ready} href="/app/updates" icon="updates" title=${t("Earlier updates")} meta=${t("of the last incident")} />
        </ul>
      </section>
      ${may("run.start") && unitsToStart().length > 0 && html`<a class="btn btn--wide btn--tall" href="/app/start"><${Icon} name="card" />${t("Start downtime cards")}</a>`}
      ${phone && html`<a class="btn btn--wide btn--tall" href=${telLink(phone)}><${Icon} name="warn" />${t("Something is not working? Call {phone}", { phone })}</a>`}
    </main>`;
}

/** @param {boolean} isLive @param {boolean} hasBegun whether a unit works on paper that nobody has declared */
function quietTitle(isLive, hasBegun) {
  if (hasBegun) return t("Nothing is declared");
  if (!isInformed()) return t("Not known yet");
  return isLive ? t("Nothing is down") : t("Nothing was down");
}

/** @param {number} n */
const plans = (n) => (n === 1 ? t("1 plan") : t("{n} plans", { n }));

/** @param {boolean} isLive */
function checkedWords(isLive) {
  if (!isInformed()) return t("This phone has not heard yet whether anything is down. Ask a colleague until it has.");
  const { last_heard_at } = contact.value;
  if (isLive) return t("Checked at {time}.", { time: clockTime(last_heard_at) });
  return last_heard_at === null ? t("Not checked since the app was opened.") : t("Last checked at {time}; what came after is not known here.", { time: clockTime(last_heard_at) });
}

/** @param {{href: string, icon: string, title: string, meta: string}} props */
function Ready({ href, icon, title, meta }) {
  return html`<li><a class="msg" href=${href}><${Icon} name=${icon} /><span><span class="msg__title">${title}</span><span class="msg__meta">${meta}</span></span><${Icon} name="chevron" turns=${true} /></a></li>`;
}

/** Who comes back to the phone must learn that it is over. @param {{last?: import("../lib/types.js").ViewRow}} props */
function Ended({ last }) {
  const ended = last?.b.clocks.TS;
  if (!last || !ended || now.value - toMs(ended) > RECENT_MS) return null;
  const words = last.b.state === "cancelled" ? t("was cancelled {time}.", { time: dayAndTime(ended) }) : t("was closed {time}.", { time: dayAndTime(ended) });
  return html`<${Note} icon="info" lead=${`${incidentNo(last.b)} ${incidentName(last.b)}`}>${words} ${last.b.note ?? ""}<//>`;
}
