/** The board in a hand: sums, troubled units first, who asks for help, what happened. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import OverrunNote from "../components/overrun_note.js";
import Nav from "../components/nav.js";
import Toast from "../components/toast.js";
import Top from "../components/top.js";
import { nextNo } from "../lib/incident_rules.js";
import { t } from "../lib/text.js";
import { may } from "../store/view.js";
import { ChannelBar } from "./channel_bar.js";
import { Devices } from "./devices.js";
import { DutyPanel } from "./duty_panel.js";
import { Frame } from "./frame.js";
import { LeaderBars } from "./leader_bars.js";
import { HelpQueue } from "./help_queue.js";
import { OwnStarts } from "./own_starts.js";
import { PhoneUnits } from "./phone_units.js";
import { Promised } from "./promised.js";
import { SafeBar } from "./safe_bar.js";
import { StaleBar } from "./stale_bar.js";
import { Timeline } from "./timeline.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";
import { UnitDrawer } from "./unit_drawer.js";
import { VacantBar } from "./vacant_bar.js";
import { incidentLine } from "./words.js";

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function BoardPhone({ board }) {
  const { incident, broadcasts, fresh } = board;
  return html`
    <${Frame} exercise=${incident.b.kind === "exercise"}>
      <${Top} />
      <section class="band band--slim" data-ground="night" aria-labelledby="what">
        <p class="band__kind"><b class="band__no">${incidentNo(incident.b)}</b><span>${incidentLine(incident.b)}</span></p>
        <h1 class="band__title" id="what">${incidentName(incident.b)}</h1>
        <${Promised} incident=${incident} broadcasts=${broadcasts} fresh=${fresh} cls="desk__promise" />
      </section>
      <${StaleBar} />
      <${ChannelBar} />
      <main class="phone__main" id="main">
        <${LeaderBars} incident=${incident} broadcasts=${broadcasts} />
        ${may("broadcast.send") && html`<a class="btn btn--main btn--wide" href="/app/compose"><${Icon} name="updates" />${t("Write update {no}", { no: nextNo(broadcasts) })}</a>`}
        ${broadcasts[0] && html`<a class="btn btn--wide" href=${`/app/reach/${broadcasts[0].id}`}><${Icon} name="eye" />${t("Who has update {no}", { no: broadcasts[0].b.no })}</a>`}
        <${OverrunNote} incident=${incident} />
        <${SafeBar} incident=${incident} />
        <${VacantBar} incident=${incident} link=${true} />
        <${OwnStarts} incident=${incident} />
        <${PhoneUnits} board=${board} />
        <${HelpQueue} help=${board.help} fresh=${board.fresh} />
        <${DutyPanel} incident=${incident} fresh=${fresh} />
        <${Timeline} events=${board.events} />
        <${Devices} fresh=${fresh} />
        ${may("incident.advance") && html`<${Advance} incident=${incident} />`}
      </main>
      <${Toast} />
      <${Nav} />
      <${UnitDrawer} board=${board} />
    <//>
  `;
}

/** @param {{incident: import("./board_types.js").Shown}} props far from the thumb: these change every phone */
function Advance({ incident }) {
  const path = `/app/advance?incident=${incident.id}`;
  return html`
    <a class="btn btn--wide" href=${`/app/command?incident=${incident.id}`}>${t("Incident command")}<${Icon} name="chevron" size="s" turns=${true} /></a>
    ${["declared", "restored"].includes(incident.b.state) && html`<a class="btn btn--wide" href=${`/app/outages?incident=${incident.id}`}>${t("What is down, service by service")}<${Icon} name="chevron" size="s" turns=${true} /></a>`}
    ${["restored", "all_clear"].includes(incident.b.state) && html`<a class="btn btn--wide" href=${`/app/recovery?incident=${incident.id}`}>${t("Gates, units, all-clear")}<${Icon} name="chevron" size="s" turns=${true} /></a>`}
    <a class="btn btn--wide" href=${path}>${t("Restored, all-clear, stand down…")}<${Icon} name="chevron" size="s" turns=${true} /></a>
    ${incident.b.kind === "exercise" && html`<a class="btn btn--wide" href=${`${path}`}><${Icon} name="warn" size="s" />${t("NO PLAY – REAL EVENT")}</a>`}
  `;
}
