/** Above the board: which units do longer than is safe what they do instead. Nothing while all is within its time. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { unitShort } from "../components/place.js";
import { byUrgency } from "../lib/workaround_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { row } from "../store/view.js";
import { asTitle, serviceName } from "./words.js";

const NAMED = 3;

/** @param {{incident: {id: string}}} props */
export function SafeBar({ incident }) {
  const items = byUrgency(row("safe_time", `safe_time:${incident.id}`)?.b.items ?? [], now.value).filter(({ state }) => state !== "safe");
  if (items.length === 0) return null;
  const over = items.filter(({ state }) => state === "over");
  const shown = (over.length > 0 ? over : items).slice(0, NAMED);
  const units = [...new Set(over.flatMap((/** @type {any} */ item) => item.units))];
  const lead = over.length > 0 ? t("{n} units are beyond safe time", { n: units.length }) : t("Safe time ends soon");
  return html`<${Note} icon=${over.length > 0 ? "late" : "clock"} tone="late" role="status" lead=${lead}>
    ${shown.map((/** @type {any} */ item) => html`<p key=${`${item.service}:${item.code}`}>${asTitle(serviceName(item.service))}: ${item.units.slice(0, NAMED).map(unitShort).join(", ")}${item.units.length > NAMED && ` +${item.units.length - NAMED}`}</p>`)}
    <a class="btn" href=${`/app/outages?incident=${incident.id}`}>${t("What is down")}</a>
  <//>`;
}
