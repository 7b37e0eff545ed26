/** My entries as a file, made on the phone and without any request: a table to read and print, and everything as data. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { saveFile } from "../components/save_file.js";
import { iso } from "../lib/clock.js";
import { csvOf } from "../lib/csv.js";
import { dayAndTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now, session } from "../store/state.js";
import { entries } from "../store/view.js";
import { entryState, entryWhat } from "./entry_words.js";

/** @typedef {import("./entry_words.js").Entry} Entry */

export default function EntriesExport() {
  return html`<div class="row">
    <button type="button" class="btn grow" onClick=${saveTable}><${Icon} name="saved" />${t("Save as a table (CSV)")}</button>
    <button type="button" class="btn grow" onClick=${saveData}><${Icon} name="saved" />${t("Save as data (JSON)")}</button>
  </div>`;
}

const fileName = () => `wardlight-entries-${session.value?.user.username ?? "unknown"}-${iso(now.value).slice(0, 10)}`;

const saveTable = () => saveFile(`${fileName()}.csv`, tableOf(entries.value), "text/csv;charset=utf-8");

function saveData() {
  const { user, device } = session.value ?? {};
  const file = { exported_at: iso(now.value), person: user?.username, device, entries: entries.value };
  saveFile(`${fileName()}.json`, JSON.stringify(file, null, 2));
}

/** @param {Entry[]} list newest first @returns {string} in the words of the screen, with the exact time and the answer beside them */
export function tableOf(list) {
  const head = [t("When"), t("What"), t("How far it got"), t("Why"), t("Who was first"), t("At"), "utc", "code", "id"];
  return csvOf([head, ...list.map(rowOf)]);
}

/** @param {Entry} entry */
function rowOf(entry) {
  const { words, say } = entryState(entry);
  const { by_name, at, code } = entry.state === "somebody_first" ? (entry.result ?? {}) : { by_name: "", at: "", code: entry.result?.code };
  return [dayAndTime(entry.at), entryWhat(entry), words, say, by_name, at ? dayAndTime(at) : "", entry.at, code, entry.id];
}
