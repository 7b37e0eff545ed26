/** Take a colleague's entries with the camera and carry them, unopened, to where there is contact. */
import { useEffect, useState } from "preact/hooks";

import CodeShow from "../components/code_show.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import RelayFrame from "../components/relay_frame.js";
import Scanner from "../components/scanner.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { receiptFrames, thanksFrames } from "../store/carrying.js";
import { carried } from "../store/state.js";
import { carriedWords, tookWords } from "./relay_words.js";

/** @typedef {import("../offline/carried.js").Carried} Carried */

export default function Carry() {
  const [took, setTook] = useState(/** @type {import("../store/carrying.js").Took|null} */ (null));
  const said = took && !took.one ? tookWords(took) : null;
  return html`<${RelayFrame}>
    <h1 class="title">${t("Take a colleague’s entries")}</h1>
    <p>${t("Hold the camera over the code on their phone. You carry the entries sealed: nobody but the hospital’s server can read or change them. They are delivered by themselves as soon as this phone has contact.")}</p>
    ${said && html`<${Note} icon=${said.icon} tone=${said.tone} role="status">${said.words}<//>`}
    <${Scanner} onTook=${setTook} />
    ${carried.value.length > 0 && html`<section class="sheet" aria-labelledby="carried"><div class="sheet__head"><h2 id="carried">${t("On this phone for others")}</h2></div>
      <ul>${carried.value.map((one) => html`<${Parcel} key=${one.digest} one=${one} fresh=${took?.one?.digest === one.digest} />`)}</ul></section>`}
  <//>`;
}

/** @param {{one: Carried, fresh: boolean}} props */
function Parcel({ one, fresh }) {
  const [shown, setShown] = useState(fresh);
  const { icon, tone, words } = carriedWords(one);
  const lines = useLines(one);
  const delivered = one.state === "delivered";
  const labels = delivered ? [t("Show the receipt"), t("Receipt for their phone")] : [t("Show their phone that I have them"), t("Answer for their phone")];
  return html`<li class="parcel">
    <${Note} icon=${icon} tone=${tone} role="status" lead=${words}>${t("taken {time}", { time: clockTime(one.taken_at) })}<//>
    ${one.answer?.refused?.length > 0 && html`<p>${t("The server did not accept {n} of them. Their phone says why as soon as it has contact.", { n: one.answer.refused.length })}</p>`}
    ${delivered && one.answer.code && html`<p class="parcel__code"><span>${t("Receipt")}</span> <b>${one.answer.code}</b></p>`}
    ${lines.length > 0 && (shown ? html`<p>${delivered ? t("Back with your colleague: let them scan this, or type the six letters.") : t("Let your colleague scan this, so that their phone knows.")}</p><${CodeShow} lines=${lines} label=${labels[1]} />` : html`<button type="button" class="btn btn--wide" onClick=${() => setShown(true)}>${labels[0]}</button>`)}
  </li>`;
}

/** The codes for the author's phone: that they are here, or that they are on record. @param {Carried} one @returns {string[]} */
function useLines(one) {
  const [lines, setLines] = useState(/** @type {string[]} */ ([]));
  useEffect(() => {
    let wanted = true;
    const made = one.state === "delivered" ? receiptFrames(one) : one.state === "carrying" ? thanksFrames(one) : Promise.resolve([]);
    made.then((found) => wanted && setLines(found), () => {});
    return () => void (wanted = false);
  }, [one.digest, one.state]);
  return lines;
}
