/** Two starts of one unit that a change of shift or a wrong clock has kept apart. A person says whether they are one. */
import { useState } from "preact/hooks";

import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { toMs } from "../lib/clock.js";
import { dayAndTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { row } from "../store/view.js";
import { startersWords } from "./own_words.js";
import { kept } from "./task_acts.js";

/** @param {{run: import("../lib/types.js").ViewRow}} props */
export default function MergeOffer({ run }) {
  const [asked, ask] = useState(false);
  const other = run.b.merge_with && row("local_run", run.b.merge_with);
  if (run.b.joining || other?.b.joining) return html`<${Note} icon="saved" tone="saved">${t("The two lists become one when the server answers.")}<//>`;
  if (!other || other.b.state !== "local") return null;
  return html`<${Note} icon="two" lead=${t("Your unit has two lists for this")}>
      <p>${t("The other one: {names}. Each shows only its own ticks.", { names: startersWords(other.b) })}</p>
      <button type="button" class="btn" aria-haspopup="dialog" onClick=${() => ask(true)}>${t("Make them one")}</button>
    <//>
    ${asked && html`<${Confirm} run=${run} other=${other} onClose=${() => ask(false)} />`}`;
}

/** @param {{run: import("../lib/types.js").ViewRow, other: import("../lib/types.js").ViewRow, onClose: () => void}} props */
function Confirm({ run, other, onClose }) {
  const [into, from] = toMs(run.b.started_at) <= toMs(other.b.started_at) ? [run, other] : [other, run];
  const join = () => kept(record("run.merge", { run: from.id, into: into.id }), t("Joining the lists. Saved on this phone.")).then(onClose);
  return html`<${Drawer} title=${t("Make them one")} meta=${label(run.b.plan_title)} onClose=${onClose}>
    <div class="sheet__body">
      <p>${t("The list of {later} joins the one of {earlier}. All ticks, notes and names of both are kept.", { later: dayAndTime(from.b.started_at), earlier: dayAndTime(into.b.started_at) })}</p>
      <p>${t("Only if it is the same downtime. It can’t be taken apart again.")}</p>
      <button type="button" class="btn btn--main btn--wide" onClick=${join}><${Icon} name="two" />${t("Join the two lists")}</button>
    </div>
  <//>`;
}
