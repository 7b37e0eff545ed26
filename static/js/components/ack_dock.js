/** The answer to an update. It says exactly what it means, and silences nobody else. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { now } from "../store/state.js";
import { entries, givenAt, me, remindAt, row } from "../store/view.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Note from "./note.js";
import { unitShort } from "./place.js";
import { needsAnswer } from "./update_row.js";

/** @param {{update: import("../lib/types.js").ViewRow}} props */
export default function AckDock({ update }) {
  const { b, id } = update;
  if (b.state !== "current" || b.ack === "none" || b.by === me.value.id) return null;
  const unit = b.ack === "unit" && me.value.units[0] ? unitShort(me.value.units[0]) : "";
  if (!needsAnswer(update)) return html`<section class="dock" aria-label=${t("Your answer")} role="status"><${Answered} id=${id} unit=${unit} /></section>`;
  const say = unit ? t("You say: “I have read this and {unit} knows.” Your tasks stay open.", { unit }) : t("You say: “I have read this.” Your tasks stay open.");
  const before = givenAt(id);
  const late = !before && remindAt(b) !== null && now.value >= Number(remindAt(b));
  return html`<section class="dock" aria-label=${t("Confirm")}>
    ${before && html`<p class="words"><${Chip} tone="late" icon="late">${t("Your acknowledgement of {time} has run out.", { time: clockTime(before) })}<//></p>`}
    ${late && html`<p class="words"><${Chip} tone="late" icon="bell">${t("Reminder: your answer is missing since {time}.", { time: clockTime(b.at) })}<//></p>`}
    <p>${say}</p>
    <button type="button" class="btn btn--main btn--wide" onClick=${() => kept(record("broadcast.ack", { broadcast: id }), t("Saved on this phone."))}>
      <${Icon} name="check" />${unit ? t("Acknowledge for {unit}", { unit }) : t("Acknowledge")}</button>
  </section>`;
}

/** @param {{id: string, unit: string}} props */
function Answered({ id, unit }) {
  const own = entries.value.find((entry) => entry.kind === "broadcast.ack" && entry.args.broadcast === id && entry.state !== "not_accepted");
  const onRecord = row("ack", `ack:${id}`)?.b.acked_at ?? (own && ["on_record", "somebody_first"].includes(own.state) ? own.at : null);
  if (own && !onRecord) return html`<${Note} icon="saved" tone="saved" lead=${t("Your acknowledgement is saved on this phone.")}>${t("It counts when it arrives.")}<//>`;
  if (!own && !onRecord) return html`<p>${t("{unit} has acknowledged this.", { unit: unit || t("Your unit") })}</p>`;
  const words = unit ? t("You acknowledged for {unit},", { unit }) : t("You acknowledged,");
  const late = row("ack", `ack:${id}`)?.b.late;
  return html`<p class="words"><${Chip} tone="record" icon="record">${words} <${ClockTime} at=${onRecord} /><//>${late && html`<${Chip} plain icon="late">${t("arrived late, counted from then")}<//>`}</p>`;
}
