/** One update in a list: new, acknowledged, or replaced by a newer one. */
import { t } from "../lib/text.js";
import { acked, me } from "../store/view.js";
import { clockTime } from "../lib/format.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { firstName, inSentence, roleTitle } from "./place.js";
import { replacedShort } from "./relation_words.js";

/** @typedef {import("../lib/types.js").ViewRow} Update */

/** @param {{update: Update}} props */
export default function UpdateRow({ update }) {
  const { id, b } = update;
  const isPast = b.state !== "current";
  const isNew = needsAnswer(update);
  const classes = ["msg msg--update", isNew ? "msg--new" : "", isPast ? "msg--past" : ""].filter(Boolean).join(" ");
  return html`<li><a class=${classes} href=${`/app/updates/${id}`}>
    <b class="msg__no"><span class="sr">${t("Update")} </span>${b.no}</b>
    <span><span class="msg__title">${b.headline}</span>
      <span class="msg__meta"><span><${ClockTime} at=${b.at} /> · ${isPast ? pastWords(b) : senderWords(b)}</span>
        ${isNew && html`<${Chip} plain icon="open">${t("not acknowledged")}<//>`}
        ${!isNew && !isPast && b.ack !== "none" && b.by !== me.value.id && html`<span>${t("acknowledged")}</span>`}</span></span>
    <${Icon} name="chevron" turns=${true} />
  </a></li>`;
}

/** @param {Update} update */
export const needsAnswer = ({ id, b }) => b.state === "current" && b.ack !== "none" && b.by !== me.value.id && !acked(id);

/** @param {any} b */
export const senderWords = (b) => [firstName(b.by_name ?? ""), b.by_role && inSentence(roleTitle(b.by_role))].filter(Boolean).join(", ");

/** @param {any} b */
function pastWords(b) {
  if (b.superseded_by) return replacedShort(b.superseded_by);
  return t("taken back {time}", { time: clockTime(b.cancelled_at ?? b.at) });
}
