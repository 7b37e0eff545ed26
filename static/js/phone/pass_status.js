/** Show the signed status to a phone that has no contact, or take it from one that had. */
import { useEffect, useState } from "preact/hooks";

import { broughtNews } from "../components/lapsed.js";
import CodeShow from "../components/code_show.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import RelayFrame from "../components/relay_frame.js";
import Scanner from "../components/scanner.js";
import { shareFile } from "../components/share_file.js";
import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now, status } from "../store/state.js";
import { statusFrames } from "../store/passing.js";
import { refreshStatus } from "../store/status.js";
import { incidentName, incidentNo } from "./incident_words.js";
import { tookWords } from "./relay_words.js";

export default function PassStatus() {
  const [took, setTook] = useState(/** @type {import("../store/carrying.js").Took|null} */ (null));
  const said = took && tookWords(took);
  return html`<${RelayFrame}>
    <h1 class="title">${t("Status from phone to phone")}</h1>
    <${Show} />
    <section class="sheet" aria-labelledby="take"><div class="sheet__head"><h2 id="take">${t("Take the status from a colleague’s phone")}</h2></div><div class="sheet__body">
      <p>${t("Only what the hospital’s server has signed, and what is still valid, is taken.")}</p>
      ${said && html`<${Note} icon=${said.icon} tone=${said.tone} role="status">${said.words} ${took?.st === "taken" && broughtNews() && html`<a href="/app/">${t("See it on Now")}</a>`}<//>`}
      <${Scanner} onTook=${setTook} />
    </div></section>
  <//>`;
}

function Show() {
  const [lines, setLines] = useState(/** @type {string[]} */ ([]));
  const held = status.value;
  useEffect(() => void refreshStatus().catch(() => {}), []);
  useEffect(() => void statusFrames().then(setLines, () => {}), [held]);
  if (!held || now.value > toMs(held.status.until)) {
    return html`<${Note} icon="stale">${t("This phone has no status that is still valid. It gets one at its next contact, or from a colleague’s phone.")}<//>`;
  }
  const { at, until } = held.status;
  return html`<p>${t("Status as of {time}, valid until {until}. Let a colleague without contact scan it: Wardlight, More, “Status from phone to phone”.", { time: clockTime(at), until: clockTime(until) })}</p>
    <ul>${held.status.incidents.map((incident) => html`<li key=${incident.id}><b>${incidentNo(incident)}</b> ${[incidentName(incident), incident.update && t("Update {no}", { no: incident.update.no })].filter(Boolean).join(" · ")}</li>`)}</ul>
    ${held.status.incidents.length === 0 && html`<p>${t("Nothing is down")}</p>`}
    ${lines.length > 0 && html`<${CodeShow} lines=${lines} label=${t("Code with the signed status")} />
    <button type="button" class="btn btn--wide" onClick=${() => shareFile("status.wardlight", `${lines.join("\n")}\n`)}><${Icon} name="saved" />${t("Pass it on as a file")}</button>`}`;
}
