/** One row of a sheet: done by whom and when about, or already on record by whom and when. */
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { areInitials } from "../lib/paper_rules.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import TaskBox from "../components/task_box.js";
import { Saved } from "../components/task_meta.js";
import { recordRow } from "../store/paper.js";
import { me } from "../store/view.js";
import { given } from "./captured.js";
import PaperForm from "./paper_form.js";
import { paperWords } from "./paper_words.js";
import { kept } from "./task_acts.js";

/** @typedef {import("./paper_sheet.js").Carry} Carry */

/** @param {{task: import("../lib/types.js").ViewRow, code: string, lit: boolean, carry: Carry, onOpen: () => void, onKept: (carry: Carry) => void}} props */
export default function PaperRow({ task, code, lit, carry, onOpen, onKept }) {
  const { b } = task;
  const isClosed = ["done", "skipped"].includes(b.state);
  const enter = async (/** @type {Carry} */ row, /** @type {Record<string, any>} */ values) => {
    const signed = row.initials.slice(0, b.two_person ? 2 : 1).map((initials, i) => ({ initials: initials.trim(), person: row.people[i] }));
    const op = recordRow({ task: task.id, captured: given(values), sheet: code, about: row.about, signed });
    if (await kept(op, t("{code} from paper, saved here", { code: b.code }), true)) onKept(row);
  };
  const isReady = !b.two_person && areInitials(carry.initials[0]) && !b.capture?.length;
  const tap = () => (isClosed ? undefined : isReady ? enter(carry, {}) : onOpen());
  const shape = isClosed ? b.state : b.state === "half" ? "half" : lit ? "next" : "open";
  return html`<li class=${`task ${isClosed ? `task--${b.state}` : lit ? "task--next" : ""}`.trim()}>
    <${TaskBox} task=${task} shape=${shape} onClick=${tap} />
    <div class="task__body">
      <p class="task__head"><b class="task__code">${b.code}</b>
        ${b.safety && html`<span class="tag tag--safety"><${Icon} name="shield" size="xs" />${t("Safety")}</span>`}
        ${b.two_person && html`<span class="tag"><${Icon} name="two" size="xs" />${t("Two people")}</span>`}
        ${!isClosed && !lit && isReady && html`<span class="task__due">${t("{initials}, about {time}", { initials: carry.initials[0], time: clockTime(carry.about) })}</span>`}</p>
      ${isClosed || lit ? html`<p class="task__title">${label(b.title)}</p>` : html`<button type="button" class="task__title" onClick=${onOpen}>${label(b.title)}</button>`}
      ${isClosed && html`<${OnRecord} task=${task} />`}
      ${b.state === "half" && html`<p class="task__meta"><${Icon} name="half" size="s" /><span>${t("{name} signed first on a phone, {time}.", { name: b.by_name, time: clockTime(b.at) })}</span></p>`}
    </div>
    ${lit && !isClosed && html`<${PaperForm} task=${task} carry=${carry} onEnter=${enter} />`}
  </li>`;
}

/** Who has recorded it and when: it is not typed twice. @param {{task: import("../lib/types.js").ViewRow}} props */
function OnRecord({ task: { b, pending } }) {
  const own = (b.signs ?? []).some((/** @type {any} */ sign) => sign.paper && sign.st === "superseded" && sign.by === me.value.id);
  return html`<p class="task__meta">
    ${pending ? html`<${Saved} pending=${pending} />` : html`<${Icon} name="record" size="s" /><b>${t("On record")}</b>`}
    <span>${paperWords(b)}</span>
    ${own && html`<span><${Icon} name="first" size="s" /> ${t("Typed twice: the first one counts, yours is kept beside it.")}</span>`}</p>`;
}
