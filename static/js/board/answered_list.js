/** What was answered last: an answer that more units wait for becomes the next update with one tap. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { unitShort } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { answered } from "../lib/queue_rules.js";
import { t } from "../lib/text.js";
import { may } from "../store/view.js";
import { toUpdate } from "./ask_answer.js";

const SHOWN = 5;

/** @param {{help: import("./board_types.js").Shown[]}} props */
export function AnsweredList({ help }) {
  const list = answered(help, SHOWN);
  if (list.length === 0) return null;
  return html`
    <details class="sheet__body"><summary>${t("Answered: {n}", { n: list.length })}</summary>
      <ul>${list.map(({ id, b }) => html`
        <li key=${id} class="ask">
          <p class="ask__head"><b>${unitShort(b.unit)}</b><span class="chip chip--plain">${b.owner_name}, <time>${clockTime(b.closed_at)}</time></span></p>
          <p>${b.text}</p><p><${Icon} name="check" size="s" /> ${b.answer}</p>
          ${may("broadcast.send") && html`<button type="button" class="btn" onClick=${() => toUpdate(b.incident, b.answer)}><${Icon} name="updates" size="s" />${t("Tell everybody")}</button>`}
        </li>`)}</ul>
    </details>
  `;
}
