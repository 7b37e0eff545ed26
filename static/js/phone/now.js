/** The first screen: what is down and what to do, or that nothing is. */
import Band from "../components/band.js";
import Brought from "../components/brought_later.js";
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import { broughtNews } from "../components/lapsed.js";
import { NowAbove, NowBelow } from "../components/now_later.js";
import OtherDevice from "../components/other_device.js";
import PlannedNotes from "../components/planned_notes.js";
import Play from "../components/play.js";
import ShiftNag from "../components/shift_nag.js";
import ShiftOffers from "../components/shift_offers.js";
import { atHand } from "../store/at_hand.js";
import { incidents } from "../store/view.js";
import AlsoRunning from "./also_running.js";
import MyCardSheet from "./my_card_sheet.js";
import { isOwn } from "./own_words.js";
import Quiet from "./quiet.js";
import RunnerCalls from "./runner_calls.js";
import StorageEmptied from "./storage_emptied.js";
import TakenOver from "./taken_over.js";
import UpdatesSheet from "./updates_sheet.js";

export default function Now() {
  const incident = atHand.value;
  const news = broughtNews();
  if (!incident) return html`<${Frame}>${news && html`<${Brought} news=${news} />`}<${Quiet} last=${incidents.value[0]} heading=${!news} /><//>`;
  return html`<${Frame}>
    ${news ? html`<${Brought} news=${news} />` : html`<${Band} incident=${incident} />`}
    ${incident.b.kind === "exercise" && html`<${Play} incident=${incident} />`}
    <main class="phone__main" id="main">
      <${StorageEmptied} /><${OtherDevice} />
      <${RunnerCalls} incident=${incident} />
      <${ShiftOffers} /><${ShiftNag} incident=${incident} />
      <${NowAbove} incident=${incident} />
      <${TakenOver} incident=${incident} />
      <${MyCardSheet} incident=${incident} />
      <${NowBelow} incident=${incident} />
      ${!isOwn(incident.b) && html`<${UpdatesSheet} incident=${incident} />`}
      <${AlsoRunning} incident=${incident} />
      <${PlannedNotes} />
    </main>
  <//>`;
}
