/** The board: which units are reached, which are silent, late or asking, and what to say next. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Nav from "../components/nav.js";
import PlannedNotes from "../components/planned_notes.js";
import Toast from "../components/toast.js";
import Top from "../components/top.js";
import { unitLines } from "../lib/board_rules.js";
import { t } from "../lib/text.js";
import { now, route } from "../store/state.js";
import { broadcastsOf, currentIncident, may, row, rowsOf, units } from "../store/view.js";
import Planned from "../phone/planned.js";
import { isFresh } from "./contact_words.js";
import { BoardDesk } from "./board_desk.js";
import { BoardPhone } from "./board_phone.js";
import { Frame } from "./frame.js";
import { useWide } from "./wide.js";

export default function Board() {
  const wide = useWide();
  const incident = shownIncident();
  if (!may("board.view")) return html`<${Empty} title=${t("The board is for leaders")} say=${t("Your own card and updates are on Now.")} />`;
  if (!incident) return html`<${Empty} title=${t("Nothing is down")} say=${t("The board fills when an incident is declared.")} declare=${may("incident.declare")} />`;
  if (incident.b.state === "planned") return html`<${Planned} />`;
  const broadcasts = broadcastsOf(incident.id);
  const rows = { incident, broadcasts, units: units.value, progress: rowsOf("progress"), reach: rowsOf("reach"), presence: rowsOf("presence"), help: rowsOf("help") };
  const board = {
    incident, broadcasts, lines: unitLines(rows, now.value), fresh: isFresh(),
    help: rows.help.filter(({ b }) => b.incident === incident.id), events: rowsOf("event").filter(({ b }) => b.incident === incident.id),
  };
  return wide ? html`<${BoardDesk} board=${board} />` : html`<${BoardPhone} board=${board} />`;
}

/** The one in the address, else the running one: an exercise may run beside something real. */
const shownIncident = () => (route.value.params.incident ? row("incident", route.value.params.incident) : null) ?? currentIncident.value;

/** @param {{title: string, say: string, declare?: boolean}} props */
function Empty({ title, say, declare = false }) {
  return html`
    <${Frame}>
      <${Top} />
      <main class="phone__main" id="main">
        <h1 class="title">${title}</h1>
        <p>${say}</p>
        <${PlannedNotes} />
        ${declare && html`<a class="btn btn--main btn--wide" href="/app/declare"><${Icon} name="warn" />${t("Declare")}</a>`}
      </main>
      <${Toast} />
      <${Nav} />
    <//>
  `;
}
