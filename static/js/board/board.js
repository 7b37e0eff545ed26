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
import { Devices } from "./devices.js";
import { Frame } from "./frame.js";
import { HelpQueue } from "./help_queue.js";
import { OldPaper } from "./leader_bars.js";
import { OwnStarts } from "./own_starts.js";
import { PaperLinks } from "./paper_links.js";
import { undeclared } from "../phone/undeclared.js";
import { useWide } from "./wide.js";

export default function Board() {
  const wide = useWide();
  const incident = shownIncident();
  if (!may("board.view")) return html`<${Empty} title=${t("The board is for leaders")} say=${t("Your own card and updates are on Now.")} />`;
  if (!incident) return html`<${Quiet} />`;
  if (incident.b.state === "planned") return html`<${Planned} />`;
  const broadcasts = broadcastsOf(incident.id);
  const rows = { incident, broadcasts, units: units.value, progress: rowsOf("progress"), reach: rowsOf("reach"), presence: rowsOf("presence"), help: rowsOf("help") };
  const own = undeclared().map(({ id }) => id);
  const board = {
    incident, broadcasts, lines: unitLines(rows, now.value), fresh: isFresh(),
    help: rows.help.filter(({ b }) => b.incident === incident.id || own.includes(b.incident)), events: rowsOf("event").filter(({ b }) => b.incident === incident.id),
  };
  return wide ? html`<${BoardDesk} board=${board} />` : html`<${BoardPhone} board=${board} />`;
}

/** The one in the address, else the running one: an exercise may run beside something real. */
const shownIncident = () => (route.value.params.incident ? row("incident", route.value.params.incident) : null) ?? currentIncident.value;

/** Nothing is declared; what units have begun by themselves is there all the same, with their requests for help. */
function Quiet() {
  const own = undeclared().map(({ id }) => id);
  const help = rowsOf("help").filter(({ b }) => own.includes(b.incident));
  const title = own.length > 0 ? t("Nothing is declared") : isFresh() ? t("Nothing is down") : t("Nothing was down");
  return html`<${Empty} title=${title} say=${t("The board fills when an incident is declared.")} declare=${may("incident.declare")}>
    <${OwnStarts} />${own.length > 0 && html`<${HelpQueue} help=${help} fresh=${isFresh()} />`}<${Devices} fresh=${isFresh()} /><${OldPaper} /><${PaperLinks} />
  <//>`;
}

/** @param {{title: string, say: string, declare?: boolean, children?: any}} props */
function Empty({ title, say, declare = false, children }) {
  return html`
    <${Frame}>
      <${Top} />
      <main class="phone__main" id="main">
        <h1 class="title">${title}</h1>
        <p>${say}</p>
        <${PlannedNotes} />
        ${declare && html`<a class="btn btn--main btn--wide" href="/app/declare"><${Icon} name="warn" />${t("Declare")}</a>`}
        ${children}
      </main>
      <${Toast} />
      <${Nav} />
    <//>
  `;
}
