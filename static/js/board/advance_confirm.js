/** One step, read before it is sent: what it does, what is still open, what the leader says with it. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import TextField from "../components/text_field.js";
import { needsReason, stillOpen } from "../lib/advance_rules.js";
import { t } from "../lib/text.js";
import { me, rowsOf } from "../store/view.js";
import { AdvanceAnswer } from "./advance_answer.js";
import { advance, moving } from "./advance_send.js";
import { stepLook, stepWords } from "./advance_words.js";
import { OpenCounts } from "./open_counts.js";

/** @param {{incident: import("./board_types.js").Shown, to: string}} props */
export function AdvanceConfirm({ incident, to }) {
  const [note, setNote] = useState("");
  const [override, setOverride] = useState("");
  const words = stepWords(to);
  const ready = !needsReason(to) || note.trim() !== "";
  const counts = stillOpen(incident.id, { progress: rowsOf("progress"), help: rowsOf("help"), presence: rowsOf("presence") });
  const overrides = to === "closed" && counts.open > 0 && me.value.roles.includes("incident-commander");
  return html`
    <main class="phone__main" id="main">
      <h1 class="title">${words.title}</h1>
      <section class="sheet" aria-labelledby="does">
        <div class="sheet__head"><h2 id="does">${t("What happens")}</h2></div>
        <div class="sheet__body"><ol class="orders">${words.does.map((one) => html`<li key=${one}>${one}</li>`)}</ol></div>
      </section>
      <${OpenCounts} counts=${counts} />
      ${overrides && html`<${TextField} id="override" label=${t("Safety steps are open. The commander’s reason to stand down all the same")} rows=${2} warning=${t("no patient names")} value=${override} onInput=${setOverride} />`}
      <${TextField} id="note" label=${words.noteLabel} rows=${2} warning=${t("no patient names")} value=${note} onInput=${setNote} />
    </main>
    <section class="dock" aria-label=${t("Confirm")}>
      <div role="status"><${AdvanceAnswer} incident=${incident.id} to=${to} before=${ready ? words.say : t("Say why first. It stays in the timeline.")} /></div>
      <button type="button" class="btn btn--main btn--wide" disabled=${!ready} aria-busy=${String(moving.value)} onClick=${() => advance(incident.id, to, note.trim(), override.trim())}>
        <${Icon} name=${stepLook(to)} />${moving.value ? t("Sending…") : words.button}
      </button>
    </section>
  `;
}
