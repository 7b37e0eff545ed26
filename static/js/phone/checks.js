/** It is said to be back: three looks in the own unit, and what is still on paper, in numbers. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import RadioRow from "../components/radio_row.js";
import { myUnits, unitShort } from "../components/place.js";
import { t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { route } from "../store/state.js";
import { currentIncident } from "../store/view.js";
import CheckList from "./check_list.js";
import PaperCount from "./paper_count.js";

export default function Checks() {
  const incident = currentIncident.value;
  const units = myUnits().filter((unit) => (incident?.b.units ?? []).includes(unit));
  const unit = units.includes(route.value.params.unit) ? route.value.params.unit : units[0];
  const back = incident && ["restored", "all_clear"].includes(incident.b.state);
  return html`<${Frame}><main class="phone__main" id="main">
    <h1 class="title">${t("Is it back for us?")}</h1>
    ${units.length > 1 && html`<${RadioRow} label=${t("For which unit")} value=${unit} onChange=${(/** @type {string} */ id) => go(`/app/checks?unit=${id}`)} choices=${units.map((id) => ({ value: id, words: unitShort(id) }))} />`}
    ${back && unit ? html`<${CheckList} key=${`c-${unit}`} incident=${incident} unit=${unit} /><${PaperCount} key=${`p-${unit}`} incident=${incident} unit=${unit} />` : html`<${Note} icon="info">${t("IT has not brought it back yet. Stay on paper; check again then.")}<//>`}
  </main><//>`;
}
