/** The chart: section by section who holds what, who is asked now, who succeeds. Vacant where somebody must be, said so. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { bySection } from "../lib/command_rules.js";
import { label, t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { may, row } from "../store/view.js";
import { isFresh } from "./contact_words.js";

/** @typedef {import("../lib/command_rules.js").Line} Line */
const DEPTH = 3;

/** @param {{lines: Line[]}} props */
export function CommandChart({ lines }) {
  const groups = bySection(lines, row("command", "command")?.b.sections ?? []);
  return groups.map(({ section, lines: own }) => {
    const [shown, rest] = [own.filter(isShown), own.filter((line) => !isShown(line))];
    return html`<section class="sheet" key=${section.code} aria-labelledby=${`s-${section.code}`}>
      <div class="sheet__head"><h2 id=${`s-${section.code}`}>${label(section.title)}</h2><p>${isFresh() ? "" : t("as of the last contact")}</p></div>
      <ul>${shown.map((line) => html`<${Place} key=${line.code} line=${line} />`)}</ul>
      ${rest.length > 0 && html`<details class="tuck"><summary><${Icon} name="down-chevron" /><b>${t("{n} not in use", { n: rest.length })}</b></summary><ul>${rest.map((line) => html`<${Place} key=${line.code} line=${line} />`)}</ul></details>`}
    </section>`;
  });
}

/** Held, asked for, or asked: the rest is used only where it is needed. @param {Line} line */
const isShown = ({ holders, offer, required }) => holders.length > 0 || Boolean(offer) || required;

/** @param {{line: Line}} props */
function Place({ line: { code, b, holders, offer, vacant, depth } }) {
  const fresh = isFresh();
  const call = () => kept(record("position.call", { position: code, incident: null }), t("Called. Saved on this phone."));
  return html`<li class="ask">
    <p class="ask__head"><b>${label(b.title)}</b>${holders.map((one) => html`<${Chip} key=${one.user} tone=${fresh ? "way" : "saved"} icon=${fresh ? "person" : "stale"}>${one.name}, ${clockTime(one.since)}<//>`)}
      ${holders.length === 0 && html`<${Chip} plain=${!vacant} tone=${vacant ? (fresh ? "late" : "saved") : ""} icon=${vacant ? "warn" : "open"}>${vacant ? t("vacant") : t("nobody holds it")}<//>`}</p>
    ${offer && html`<p><${Icon} name="runner" size="s" /> ${offer.to ? t("asked: {name}, since {time}", { name: offer.to_name, time: clockTime(offer.changed_at ?? offer.at) }) : t("whoever takes it is asked")}</p>`}
    <p class="msg__meta">${depth > 0 ? t("Successors: {names}", { names: b.successors.map((/** @type {any} */ one) => one.name).join(", ") }) : t("No successor is named.")}${depth > 0 && depth < DEPTH && html` <b>${t("fewer than three")}</b>`}</p>
    ${holders.length === 0 && !offer && may("position.call") && html`<button type="button" class="btn" onClick=${call}><${Icon} name="phone" size="s" />${t("Call a successor")}</button>`}
  </li>`;
}
