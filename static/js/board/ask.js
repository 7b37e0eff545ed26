/** One request of the triage queue: take it, hand it on, answer it. The unit reads the answer. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { may, row } from "../store/view.js";
import { AskAnswer } from "./ask_answer.js";
import { AskHand } from "./ask_hand.js";
import { AskWho } from "./ask_who.js";
import { askIcon, askWords } from "./ask_words.js";

/** @param {{request: any, at: number, fresh: boolean}} props at: now */
export function Ask({ request, at, fresh }) {
  const { id, b, pending } = request;
  const [form, open] = useState("");
  const taken = b.state === "taken";
  return html`
    <li class="ask">
      <p class="ask__head"><b>${label(row("unit", b.unit)?.b.name ?? b.unit)}</b>${taskCode(b)}
        <span class="chip chip--plain"><${Icon} name=${askIcon(b.what)} size="s" />${askWords(b.what)}</span>
        ${b.safety && html`<span class="tag tag--safety"><${Icon} name="shield" size="xs" />${t("Safety")}</span>`}
        <${AskWho} b=${b} at=${at} pending=${pending} fresh=${fresh} /></p>
      <p>${b.what === "overdue" ? label(b.text) : b.text || t("Asks for help with this step.")}</p>
      ${b.what === "overdue" && html`<p class="quiet">${toldWords(b.handed ?? [])}</p>`}
      ${may("help.handle") && !form && html`
        <div class="row">
          ${!taken && html`<button type="button" class="btn btn--help grow" onClick=${() => record("help.take", { help: id })}>${t("I take it")}</button>`}
          <button type="button" class=${taken ? "btn grow" : "btn"} onClick=${() => open("answer")}>${t("Answer")}</button>
          <button type="button" class="btn" onClick=${() => open("hand")}>${t("Hand on")}</button>
        </div>
      `}
      ${form === "answer" && html`<${AskAnswer} request=${request} onDone=${() => open("")} />`}
      ${form === "hand" && html`<${AskHand} request=${request} onDone=${() => open("")} />`}
    </li>
  `;
}

/** Whom the server has told of a late step: the second time all leaders. @param {any[]} handed */
const toldWords = (handed) =>
  handed.filter((one, i) => one.to || i > 0).map((one) => t("told {name} {time}", { name: one.to_name || t("all leaders"), time: clockTime(one.at) })).join(", ");

/** @param {any} b */
const taskCode = (b) => (b.task ? (row("task", b.task)?.b.code ?? "") : "");
