/** What units have begun by themselves and nobody has declared yet. */
import { unitName } from "../components/place.js";
import { toMs } from "../lib/clock.js";
import { clockTime, dayAndTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { now } from "../store/state.js";
import { rowsOf } from "../store/view.js";

/** @typedef {{id: string, b: any}} Shown */
const TODAY_MS = 18 * 3_600_000;

/** Own starts that nobody has declared yet, the oldest first. @returns {Shown[]} */
export const undeclared = () => rowsOf("local_run").filter(({ b }) => b.state === "local").sort(byStart);

/** "5 West started “EHR is down” by itself, 02:11". @param {any} b */
export function ownStartWords({ unit, plan_title, started_at }) {
  const time = now.value - toMs(started_at) < TODAY_MS ? clockTime(started_at) : dayAndTime(started_at);
  return t("{unit} started “{plan}” by itself, {time}", { unit: unitName(unit), plan: label(plan_title), time });
}

/** @param {Shown} a @param {Shown} b */
export const byStart = (a, b) => toMs(a.b.started_at) - toMs(b.b.started_at);
