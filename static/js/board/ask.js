/** One request for help: take it, then answer it. The unit reads the answer. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import TextField from "../components/text_field.js";
import { clockTime } from "../lib/format.js";
import { waits } from "../lib/queue_rules.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { may, row } from "../store/view.js";

/** @param {{request: any, at: number, fresh: boolean}} props at: now */
export function Ask({ request, at, fresh }) {
  const { id, b, pending } = request;
  const [answering, answer] = useState(false);
  const taken = b.state === "taken";
  return html`
    <li class="ask">
      <p class="ask__head"><b>${label(row("unit", b.unit)?.b.name ?? b.unit)}</b>${taskCode(b)}<${Who} b=${b} at=${at} pending=${pending} fresh=${fresh} /></p>
      <p>${b.text || t("Asks for help with this step.")}</p>
      ${may("help.handle") && !answering && html`
        <div class="row">
          ${!taken && html`<button type="button" class="btn btn--help grow" onClick=${() => record("help.take", { help: id })}>${t("I take it")}</button>`}
          <button type="button" class=${taken ? "btn grow" : "btn"} onClick=${() => answer(true)}>${t("Answer")}</button>
        </div>
      `}
      ${answering && html`<${Answer} id=${id} onDone=${() => answer(false)} />`}
    </li>
  `;
}

/** @param {any} b */
const taskCode = (b) => (b.task ? (row("task", b.task)?.b.code ?? "") : "");

/** @param {{b: any, at: number, pending: string|null, fresh: boolean}} props */
function Who({ b, at, pending, fresh }) {
  if (b.state !== "taken" && !fresh) return html`<span class="chip chip--saved"><${Icon} name="stale" size="s" />${t("asked {time}", { time: clockTime(b.at) })}</span>`;
  if (b.state !== "taken") return html`<span class="chip chip--help"><${Icon} name="hand" size="s" />${t("waits {n} min", { n: waits(b, at) })}</span>`;
  if (pending) return html`<span class="chip chip--saved"><${Icon} name="saved" size="s" />${t("{name}, saved here", { name: b.owner_name })}</span>`;
  return html`<span class="chip chip--way"><${Icon} name="person" size="s" />${b.owner_name}, <time>${clockTime(b.taken_at)}</time></span>`;
}

/** @param {{id: string, onDone: () => void}} props */
function Answer({ id, onDone }) {
  const [text, setText] = useState("");
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    await record("help.close", { help: id, answer: text.trim() });
    onDone();
  };
  return html`
    <form onSubmit=${send}>
      <${TextField} id=${`an-${id}`} label=${t("Answer to the unit")} rows=${2} value=${text} onInput=${setText} />
      <div class="row">
        <button type="submit" class="btn btn--help grow" disabled=${!text.trim()}>${t("Answer and close")}</button>
        <button type="button" class="btn" onClick=${onDone}>${t("Back")}</button>
      </div>
    </form>
  `;
}
