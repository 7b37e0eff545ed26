/** What happened with a step: who, when, why, and whether that is on record. */
import { isOutOfOrder } from "../lib/hold_rules.js";
import { t } from "../lib/text.js";
import { capturedWords } from "../phone/captured.js";
import { paperSign, paperWords } from "../phone/paper_words.js";
import { signatures } from "../phone/task_state.js";
import { me, rowsOf } from "../store/view.js";
import Chip from "./chip.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { firstName, who } from "./place.js";

/** @typedef {{task: import("../lib/types.js").ViewRow}} Props */

/** @param {Props} props */
export default function TaskMeta({ task }) {
  if (task.b.state === "blocked") return html`<${Blocked} task=${task} />`;
  return html`<p class="task__meta">
    ${task.pending && html`<${Saved} pending=${task.pending} />`}
    ${isOutOfOrder(task) && html`<${Chip} tone="late" icon="flag">${t("Out of order")}<//>`}
    ${task.b.state === "done" ? html`<${Done} task=${task} />` : html`<${Skipped} task=${task} />`}
  </p>`;
}

/** @param {{pending: "saved"|"sent"}} props */
export function Saved({ pending }) {
  return pending === "sent"
    ? html`<${Chip} tone="way" icon="sent">${t("Sent, waiting for the answer")}<//>`
    : html`<${Chip} tone="saved" icon="saved">${t("Saved on this phone")}<//>`;
}

/** @param {Props} props */
function Done({ task: { b, pending } }) {
  const { by, by_name, at } = b;
  const signers = b.two_person ? signatures(/** @type {any} */ ({ b })) : [];
  const names = signers.length > 1 ? signers.map((sign) => who(sign.by, sign.by_name)).join(t(" and ")) : who(by, by_name);
  const words = [capturedWords(b), b.note].filter(Boolean).map((part) => ` · ${part}`).join("");
  if (paperSign(b)) return html`<${Icon} name="pen" size="xs" /><span>${paperWords(b)}${words}</span>`;
  if (pending) return html`<span><${ClockTime} at=${at} />${words}</span>`;
  if (by === me.value.id || signers.length > 1) return html`<span>${names} ${t("at")} <${ClockTime} at=${at} />${words}</span>`;
  return html`<${Icon} name="person" size="xs" /><span><b>${t("{name} did this", { name: names })}</b> ${t("at")} <${ClockTime} at=${at} />${words}</span>`;
}

/** @param {Props} props */
function Skipped({ task: { b } }) {
  if (b.reason === "shift_ended") return html`<span><b>${t("Not done in its shift")}</b>, <${ClockTime} at=${b.at} />. ${t("The next shift has its own.")}</span>`;
  if (b.reason === "plan_amended") return html`<span><b>${t("Not asked for any more")}</b>, <${ClockTime} at=${b.at} />. ${t("The plan was changed.")}</span>`;
  const by = b.by === me.value.id ? t("by you") : t("by {name}", { name: firstName(b.by_name ?? "") });
  return html`<span><b>${t("Skipped")}</b> ${by}, <${ClockTime} at=${b.at} />${b.reason && ` · “${b.reason}”`}</span>`;
}

/** @param {Props} props */
function Blocked({ task }) {
  const { b, pending } = task;
  const help = rowsOf("help").find((row) => row.b.task === task.id && row.b.state !== "closed");
  return html`
    <p class="task__meta">
      <${Chip} tone="help" icon="blocked">${t("Needs help since")} <${ClockTime} at=${b.at} /><//>
      ${pending && html`<${Saved} pending=${pending} />`}
    </p>
    <p class="task__meta"><span>
      ${b.note && `“${b.note}” `}
      ${help?.b.owner ? html`<b>${t("{name} has it", { name: firstName(help.b.owner_name ?? "") })}</b>, <${ClockTime} at=${help.b.taken_at} />` : t("Nobody has taken it yet.")}
    </span></p>`;
}
