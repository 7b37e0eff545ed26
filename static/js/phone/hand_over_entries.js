/** Give my unsent entries to a colleague's phone: show them sealed, hear that they arrived, take the receipt. */
import { useEffect, useState } from "preact/hooks";

import CodeShow from "../components/code_show.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import RelayFrame from "../components/relay_frame.js";
import { shareFile } from "../components/share_file.js";
import { t } from "../lib/text.js";
import { saidTaken, sealNext } from "../store/handing.js";
import Answers from "./handed_answers.js";

/** @typedef {Awaited<ReturnType<typeof sealNext>>} Parcel */

export default function HandOverEntries() {
  const [parcel, setParcel] = useState(/** @type {Parcel|null} */ (null));
  const [fault, setFault] = useState("");
  const next = () => sealNext().then((sealed) => (setParcel(sealed), setFault("")), (why) => (setParcel(null), setFault(why?.code ?? "")));
  useEffect(() => void next(), []);
  return html`<${RelayFrame}>
    <h1 class="title">${t("Give my entries to a colleague’s phone")}</h1>
    ${fault && html`<${Note} icon=${fault === "nothing" ? "record" : "info"}>${FAULTS[fault]?.() ?? t("This did not work. Your entries are kept on this phone.")}<//>`}
    ${parcel && html`<${Show} key=${parcel.digest} parcel=${parcel} next=${next} />`}
    <${Answers} />
  <//>`;
}

/** @type {Record<string, () => string>} */
const FAULTS = {
  nothing: () => t("Nothing waits: all your entries are on record."),
  no_key: () => t("This phone cannot seal entries before it has had contact once with this version. Your entries are kept here."),
};

/** @param {{parcel: Parcel, next: () => void}} props */
function Show({ parcel, next }) {
  const [whose, setWhose] = useState("");
  const { count, left, lines, file, digest } = parcel;
  const given = () => saidTaken(digest, whose).then(next);
  return html`
    <p>${count === 1 ? t("1 entry, sealed: only the hospital’s server can open it.") : t("{n} entries, sealed: only the hospital’s server can open them.", { n: count })} ${left > 0 && t("{n} more follow after these.", { n: left })}</p>
    <${CodeShow} lines=${lines} label=${t("Code with my entries")} />
    <ol class="steps-said">
      <li>${t("Your colleague opens Wardlight, More, “Take a colleague’s entries”.")}</li>
      <li>${t("They hold their camera over this code until their phone says that it carries them.")}</li>
    </ol>
    <div class="field"><label for="whose"><span>${t("Whose phone is it?")}</span><small>${t("may stay empty")}</small></label>
      <input class="input" id="whose" type="text" maxlength="40" autocomplete="off" value=${whose} onInput=${(/** @type {any} */ event) => setWhose(event.target.value)} /></div>
    <button type="button" class="btn btn--main btn--wide btn--tall" onClick=${given}><${Icon} name="check" />${t("They have them")}</button>
    <button type="button" class="btn btn--wide" onClick=${() => shareFile("entries.wardlight", `${file.join("\n")}\n`)}><${Icon} name="saved" />${t("No camera? Pass them on as a file")}</button>`;
}
