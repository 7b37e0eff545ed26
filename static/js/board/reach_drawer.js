/** One unit and one update, by name: three facts a person, where they were made, and whom to call. */
import { useEffect, useState } from "preact/hooks";

import Chip from "../components/chip.js";
import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roleTitle, telLink } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { peopleReached } from "../store/questions.js";
import { row } from "../store/view.js";
import { pathWords, stepWords } from "./reach_words.js";
import { refusalWords } from "./words.js";

/** @param {{line: import("../lib/reach_rules.js").ReachLine|undefined, update: import("./board_types.js").Shown, fresh: boolean, onClose: () => void}} props */
export function ReachDrawer({ line, update, fresh, onClose }) {
  const found = usePeople(update.id, line);
  if (!line) return null;
  const phone = row("unit", line.id)?.b.phone;
  const step = stepWords(line.escalation);
  return html`<${Drawer} title=${`${line.name}, ${t("update {no}", { no: update.b.no })}`} meta=${line.floor ? t("Floor {floor}", { floor: line.floor }) : ""} onClose=${onClose}>
    <div class="sheet__body">
      ${!fresh && html`<p><${Chip} tone="saved" icon="stale">${t("as of the last contact")}<//></p>`}
      ${step && html`<p><${Chip} tone="way" icon="bell">${step}<//></p>`}
      ${line.b.runner && html`<p><${Chip} icon="runner">${t("{path}, brought by {name} {time}", { path: pathWords(line.b.runner.path), name: line.b.runner.by_name, time: clockTime(line.b.runner.at) })}<//></p>`}
      ${phone && html`<a class="btn btn--wide btn--tall" href=${telLink(phone)}><${Icon} name="phone" />${t("Call {phone}", { phone })}</a>`}
    </div>
    ${typeof found === "string" ? html`<p class="sheet__body quiet" role="status">${found}</p>` : html`<ul>${found.map((person) => html`<${Person} key=${person.id} person=${person} />`)}</ul>`}
  <//>`;
}

/** Asked anew when the unit's counts change. @param {string} broadcast @param {any} line @returns {any[]|string} people, or why there are none */
function usePeople(broadcast, line) {
  const [found, show] = useState(/** @type {any[]|string} */ (t("Asking the server…")));
  const stamp = line ? [line.id, line.b.received, line.b.read, line.b.acked].join() : "";
  useEffect(() => {
    let gone = false;
    if (line) peopleReached(broadcast, line.id).then((people) => gone || show(people), (error) => gone || show(`${refusalWords(error)} ${t("Names come from the server.")}`));
    return () => void (gone = true);
  }, [broadcast, stamp]);
  return found;
}

/** @param {{person: any}} props */
function Person({ person }) {
  const facts = [[t("Received"), person.received_at], [t("Read"), person.read_at], [t("Acknowledged"), person.acked_at]].filter(([, at]) => at);
  return html`<li class="ask">
    <p class="ask__head"><b>${person.name}</b><span class="chip chip--plain">${person.roles.map(roleTitle).join(", ")}</span></p>
    <p class="quiet">${facts.length === 0 ? t("Nothing has arrived there yet.") : facts.map(([words, at]) => `${words} ${clockTime(at)}`).join(" · ")}${person.path && ` · ${pathWords(person.path)}`}</p>
    ${person.late && html`<p class="words"><${Chip} plain icon="late">${t("arrived late, {time}", { time: clockTime(person.ack_received_at) })}<//></p>`}
    ${person.ack_carried_by && html`<p class="words"><${Chip} plain icon="qr">${t("acknowledgement carried by {name}", { name: person.ack_carried_by })}<//></p>`}
    ${person.devices.length > 1 && html`<p class="quiet">${t("{n} devices", { n: person.devices.length })}</p>`}
  </li>`;
}
