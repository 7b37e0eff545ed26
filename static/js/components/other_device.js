/** Entries of the same person that wait on another of their devices: nothing here can fetch them. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { session } from "../store/state.js";
import { rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Note from "./note.js";

export default function OtherDevice() {
  const others = rowsOf("device").filter(({ id, b }) => id !== session.value?.device && b.queue_len > 0);
  return others.map(({ id, b }) => html`<${Note} key=${id} icon="mobile" lead=${otherWords(b)}>${t("Open Wardlight there while it has contact, and they are sent.")}<//>`);
}

/** @param {{label: string, queue_len: number, oldest_at?: string|null, last_seen_at: string}} b body of a `device` row */
export function otherWords({ label, queue_len, oldest_at, last_seen_at }) {
  const values = { n: queue_len, time: clockTime(oldest_at ?? last_seen_at), label: label || t("no name") };
  return queue_len === 1 ? t("Another device of yours ({label}) holds 1 entry since {time}.", values) : t("Another device of yours ({label}) holds {n} entries since {time}.", values);
}
