/** Somebody comes back by PIN, also without a network. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Note from "../components/note.js";
import PinPad from "../components/pin_pad.js";
import { firstName } from "../components/place.js";
import { t } from "../lib/text.js";
import { comeBack } from "../store/lock.js";
import { now } from "../store/state.js";
import { leaveSignIn } from "./leave_sign_in.js";
import { pinWords } from "./refusal_words.js";

/** @param {{face: import("../store/state.js").Face, onForgotten: () => void}} props */
export default function OpenByPin({ face, onForgotten }) {
  const [refusal, refuse] = useState(/** @type {{words: string, until: number}|null} */ (null));
  const [busy, setBusy] = useState(false);
  const isLocked = (refusal?.until ?? 0) > now.value;
  const give = async (/** @type {string} */ pin) => {
    setBusy(true);
    refuse(null);
    await comeBack(face.id, pin).then(leaveSignIn, (error) => refuse(pinWords(error)));
    setBusy(false);
  };
  return html`<${PinPad} say=${t("{name}, your PIN", { name: firstName(face.name) })} digits=${face.digits} busy=${busy} isLocked=${isLocked} onPin=${give} onForgotten=${onForgotten} />
    <div role="alert" class="signin__error">${refusal && (isLocked || refusal.until === 0) && html`<${Note} icon="refused" tone="late">${refusal.words}<//>`}</div>`;
}
