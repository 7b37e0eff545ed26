/** The first line of an unfinished task: code, what kind of step it is, how late, due when. */
import { t } from "../lib/text.js";
import { everyWords } from "../phone/task_state.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import HandedChip from "./handed_chip.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{task: import("../lib/types.js").ViewRow, late: boolean, due: string, isNext?: boolean, lit?: boolean}} props `due`: how late, or how soon */
export default function TaskHead({ task, late, due, isNext = false, lit = false }) {
  const { b } = task;
  return html`<p class="task__head">
    <b class="task__code">${b.code}</b>
    ${isNext && html`<b>${t("Next")}</b>`}
    ${late && html`<${Chip} tone="late" icon="late">${due}<//>`}
    ${b.safety && html`<span class="tag tag--safety"><${Icon} name="shield" size="xs" />${t("Safety")}</span>`}
    ${b.two_person && html`<span class="tag"><${Icon} name="two" size="xs" />${t("Two people")}</span>`}
    ${b.waits?.length > 0 && html`<${Chip} plain icon="lock">${t("waits")}<//>`}
    ${b.handed && html`<${HandedChip} task=${task} />`}
    ${b.anchor === "shift" && !b.repeat_min && html`<${Chip} plain icon="repeat" size="xs">${t("each shift")}<//>`}
    ${b.repeat_min && html`<${Chip} plain icon="repeat" size="xs">${everyWords(b.repeat_min)}<//>`}
    ${!b.held && html`<${Due} at=${b.due_at} soon=${lit && !late ? due : ""} />`}
  </p>`;
}

/** @param {{at: string|null, soon: string}} props */
function Due({ at, soon }) {
  if (!at) return html`<span class="task__due">${t("when its time comes")}</span>`;
  return html`<span class="task__due">${t("by")} <${ClockTime} at=${at} />${soon && `, ${soon}`}</span>`;
}
