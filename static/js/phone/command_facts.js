/** What the screens of command read: the incident, the unit in which positions are held, and the chart as it stands. */
import { chartLines, withMine } from "../lib/command_rules.js";
import { currentIncident, isLeader, me, row, rowsOf } from "../store/view.js";

/** The command centre's unit; "" where the hospital has no chart. */
export const commandUnit = () => row("command", "command")?.b.unit ?? "";

/** @param {{b: any}|null} incident */
export function chartNow(incident) {
  const unit = commandUnit();
  const level = incident && ["declared", "restored", "all_clear"].includes(incident.b.state) ? incident.b.level : 0;
  return withMine(chartLines(rowsOf("position"), row("duty", `duty:${unit}`)?.b, rowsOf("handover"), unit, level), me.value, unit);
}

/** Whether the person sees who holds what, and may set objectives. */
export const isInCommand = () => isLeader.value || me.value.units.includes(commandUnit());

/** Positions that the person may take: as a successor, or by what they hold. */
export const mayAssume = (/** @type {string} */ code) =>
  me.value.standby.some((/** @type {any} */ one) => one.role === code && one.unit === commandUnit()) || me.value.memberships.some((/** @type {any} */ one) => one.role === code);

export const commanded = () => currentIncident.value;
