/** Updates that wait for a second leader: read, approve, or say why not. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName } from "../components/place.js";
import TextField from "../components/text_field.js";
import { textOf } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { askServer, say } from "../store/actions.js";
import { may, me, rowsOf } from "../store/view.js";
import { refusalWords } from "./words.js";

/** @param {{incident: string}} props */
export function Approvals({ incident }) {
  const waiting = rowsOf("approval").filter(({ b }) => b.incident === incident && b.state === "waiting");
  if (waiting.length === 0) return null;
  return html`<section class="sheet" aria-labelledby="approve">
    <div class="sheet__head"><h2 id="approve">${t("Waits for a second leader")}</h2></div>
    <ul>${waiting.map(({ id, b }) => html`<${Waiting} key=${id} b=${b} />`)}</ul>
  </section>`;
}

/** @param {{b: any}} props body of an `approval` row */
function Waiting({ b }) {
  const [reason, setReason] = useState("");
  const [asks, setAsks] = useState(false);
  const own = b.by === me.value.id;
  const refuse = () => (asks && reason.trim() ? decide("broadcast.refuse", { broadcast: b.broadcast, reason: reason.trim() }) : setAsks(true));
  return html`<li class="ask">
    <p class="ask__head"><b>${b.args.headline}</b><span class="chip chip--plain">${firstName(b.by_name)}, ${clockTime(b.at)}</span></p>
    <p>${textOf(b.args.do_now)}</p>
    ${asks && html`<${TextField} id=${`why-${b.broadcast}`} label=${t("Why not")} value=${reason} onInput=${setReason} />`}
    ${may("broadcast.approve") && html`<div class="row">
      ${!own && html`<button type="button" class="btn btn--main" onClick=${() => decide("broadcast.approve", { broadcast: b.broadcast })}><${Icon} name="check" />${t("Approve and send")}</button>`}
      <button type="button" class="btn" disabled=${asks && !reason.trim()} onClick=${refuse}>${own ? t("Take it back") : t("Not like this")}</button></div>`}
    ${own && html`<p class="quiet">${t("You wrote it: somebody else approves it.")}</p>`}
  </li>`;
}

/** @param {string} kind @param {any} args */
async function decide(kind, args) {
  try {
    const result = await askServer(kind, args);
    if (result.st !== "ok") say(result.msg ?? "");
  } catch (error) {
    say(refusalWords(error));
  }
}
