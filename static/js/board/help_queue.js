/** The triage queue: what nobody has first, safety before the rest, the longest wait on top. Taking one tells the others who has it. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { queue } from "../lib/queue_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { AnsweredList } from "./answered_list.js";
import { Ask } from "./ask.js";

/** @param {{help: import("./board_types.js").Shown[], fresh: boolean}} props without contact nobody knows who still waits */
export function HelpQueue({ help, fresh }) {
  const open = queue(help);
  const waiting = open.filter(({ b }) => b.state === "open").length;
  return html`
    <section class="sheet" aria-labelledby="helpq">
      <div class="sheet__head"><h2 id="helpq">${t("Help and questions")}</h2><p role="status">${!fresh ? t("as of the last contact") : waiting === 0 ? t("nobody waits") : waiting === 1 ? t("1 waits") : t("{n} wait", { n: waiting })}</p></div>
      ${open.length > 0 && html`<ul>${open.map((request) => html`<${Ask} key=${request.id} request=${request} at=${now.value} fresh=${fresh} />`)}</ul>`}
      ${open.length === 0 && html`<p class="empty"><${Icon} name="hand" /><span>${t("Nobody asks for help now.")}</span></p>`}
      <${AnsweredList} help=${help} />
    </section>
  `;
}
