/** The board on a laptop or in the command centre. */
import { html } from "../components/html.js";
import OverrunNote from "../components/overrun_note.js";
import { may } from "../store/view.js";
import { ChannelBar } from "./channel_bar.js";
import { ComposeForm } from "./compose_form.js";
import { DeskBand } from "./desk_band.js";
import { Devices } from "./devices.js";
import { DeskTop } from "./desk_top.js";
import { DutyPanel } from "./duty_panel.js";
import { ExerciseTape, Frame } from "./frame.js";
import { HelpQueue } from "./help_queue.js";
import { LeaderBars } from "./leader_bars.js";
import { Matrix } from "./matrix.js";
import { PaperLinks } from "./paper_links.js";
import { OwnStarts } from "./own_starts.js";
import { SafeBar } from "./safe_bar.js";
import { StaleBar } from "./stale_bar.js";
import { Timeline } from "./timeline.js";
import { UnitDrawer } from "./unit_drawer.js";
import { VacantBar } from "./vacant_bar.js";

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function BoardDesk({ board }) {
  const { incident, broadcasts } = board;
  const exercise = incident.b.kind === "exercise";
  return html`
    <${Frame} kind="desk" exercise=${exercise}>
      <div>
        <${DeskTop} />
        <${DeskBand} board=${board} />
        <${StaleBar} />
        <${LeaderBars} incident=${incident} broadcasts=${broadcasts} />
        <${ChannelBar} />
        <${SafeBar} incident=${incident} />
        <${VacantBar} incident=${incident} link=${true} />
        <${OverrunNote} incident=${incident} />
      </div>
      <main class="desk__main" id="main">
        <${OwnStarts} incident=${incident} />
        <${Matrix} board=${board} />
        <div class="desk__col">
          <${HelpQueue} help=${board.help} fresh=${board.fresh} />
          <${DutyPanel} incident=${incident} fresh=${board.fresh} />
          <${Timeline} events=${board.events} />
        </div>
        ${may("broadcast.send") && html`<${ComposeForm} key=${incident.id} incident=${incident} broadcasts=${broadcasts} />`}
        <${Devices} fresh=${board.fresh} />
        <${PaperLinks} plan=${incident.b.plan} />
      </main>
      ${exercise && html`<${ExerciseTape} foot />`}
      <${UnitDrawer} board=${board} />
    <//>
  `;
}
