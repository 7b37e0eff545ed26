/** My entries of seven days and how far each got. What was not accepted stays on top until it has been seen. */
import Alone from "../components/alone.js";
import Crumb from "../components/crumb.js";
import EntryRow from "../components/entry_row.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Nav from "../components/nav.js";
import Note from "../components/note.js";
import OtherDevice from "../components/other_device.js";
import Tape from "../components/tape.js";
import Toast from "../components/toast.js";
import { useDraft } from "../components/use_draft.js";
import { dayOf } from "../lib/format.js";
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { entries } from "../store/view.js";
import EntriesExport from "./entries_export.js";
import MustSignIn from "./must_sign_in.js";
import StorageEmptied from "./storage_emptied.js";

/** @typedef {import("./entry_words.js").Entry} Entry */

export default function Entries() {
  const [seen, setSeen] = useDraft("entries-seen", /** @type {string[]} */ ([]));
  const list = pinned(entries.value, seen);
  const isPinned = (/** @type {Entry} */ entry) => entry.state === "not_accepted" && !seen.includes(entry.id);
  return html`<${Tape} /><${Crumb} href="/app/" words=${t("Now")} /><${Alone} />
    <main class="phone__main" id="main">
      <h1 class="title">${t("My entries")}</h1>
      <${StorageEmptied} /><${MustSignIn} /><${OtherDevice} />
      <${Ladder} list=${entries.value} />
      ${contact.value.waiting > 0 && html`<p role="status">${t("{n} wait for the server.", { n: contact.value.waiting })}</p>`}
      ${list.length === 0
        ? html`<${Note} icon="record">${t("Nothing recorded on this phone in the last 7 days.")}<//>`
        : byDay(list, isPinned).map(({ day, words, ofDay }) => html`<section key=${day} class="sheet" aria-label=${words}>
            <div class="sheet__head"><h2>${words}</h2></div>
            <ol>${ofDay.map((entry) => html`<${EntryRow} key=${entry.id} entry=${entry} seen=${seen.includes(entry.id)} onSeen=${() => setSeen([...seen, entry.id].slice(-200))} />`)}</ol>
          </section>`)}
      <${EntriesExport} />
      <${Note} icon="lock" tone="plain">${t("Kept on this phone until the hospital has answered, also if you sign out or it is switched off.")}<//>
    </main><${Toast} /><${Nav} />`;
}

/** Not accepted and not yet seen comes first. @param {Entry[]} list newest first @param {string[]} seen */
export function pinned(list, seen) {
  const isPinned = (/** @type {Entry} */ entry) => entry.state === "not_accepted" && !seen.includes(entry.id);
  return [...list.filter(isPinned), ...list.filter((entry) => !isPinned(entry))];
}

/**
 * Entries under the day they were made; what asks to be seen stands before all days.
 * @param {Entry[]} list in the order to show @param {(entry: Entry) => boolean} isPinned
 * @returns {Array<{day: string, words: string, ofDay: Entry[]}>}
 */
export function byDay(list, isPinned) {
  /** @type {Map<string, Entry[]>} */
  const days = new Map();
  for (const entry of list) {
    const day = isPinned(entry) ? "" : dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, ofDay]) => ({ day, ofDay, words: day === "" ? t("Not accepted") : day === dayOf(now.value) ? t("Today") : day }));
}

/** @param {{list: Entry[]}} props */
function Ladder({ list }) {
  const stateOf = (/** @type {Entry} */ { state, handed }) => (handed?.record_at && !handed.refused ? "on_record" : state);
  const count = (/** @type {string[]} */ ...states) => list.filter((entry) => states.includes(stateOf(entry))).length;
  const steps = [
    { n: count("saved", "waiting_retry"), icon: "saved", words: t("Saved here") },
    { n: count("sent"), icon: "sent", words: t("Sent") },
    { n: count("on_record", "somebody_first"), icon: "record", words: t("On record") },
  ];
  return html`<section class="sheet" aria-labelledby="ladder"><div class="sheet__head"><h2 id="ladder">${t("How far they got")}</h2></div><div class="sheet__body"><ol class="ladder">
    ${steps.map(({ n, icon, words }) => html`<li key=${icon}><b>${n}</b><span><${Icon} name=${icon} size="s" />${words}</span></li>`)}
  </ol></div></section>`;
}
