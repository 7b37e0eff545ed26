/** Words of the matrix of reach. Functions, as the language may change while the app is open. */
import { firstName, roleTitle } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { pathsOf, stillNeeded } from "../lib/reach_rules.js";
import { t } from "../lib/text.js";

/** @param {string} path */
export const pathWords = (path) => /** @type {Record<string, string>} */ ({
  socket: t("live"), poll: t("asked for"), push: t("push"), carried: t("carried by QR"), runner: t("runner"), paper: t("paper"), phone: t("phone call"),
})[path] ?? path;

/** The ways that worked, the best first. @param {any} b body of a `reach` row */
export const pathsWords = (b) => pathsOf(b.paths).map(pathWords).join(", ") || "–";

/** What a unit still needs. @param {any} b */
export function needWords(b) {
  if (!stillNeeded(b)) return b.runner && !b.acked ? t("brought by {name} {time}", { name: firstName(b.runner.by_name), time: clockTime(b.runner.at) }) : t("since {time}", { time: clockTime(b.quorum_at) });
  if (b.lapsed > 0 && b.acked === 0) return t("acknowledgement has run out");
  return b.need.map(wayWords).join(` ${t("or")} `);
}

/** @param {{roles: string[]|null, count: number, have: number}} way */
function wayWords({ roles, count, have }) {
  const n = count - have;
  if (!roles) return t("{n} more", { n });
  return roles.length > 1 ? t("{n} in charge", { n }) : t("{n} × {role}", { n, role: roleTitle(roles[0]) });
}

/** What is done about it. @param {any} escalation body of the row, or null */
export function stepWords(escalation) {
  if (!escalation || ["reached", "ended"].includes(escalation.state)) return "";
  if (escalation.step === 0) return t("next step {time}", { time: clockTime(escalation.next_at) });
  const time = clockTime(escalation.stepped_at);
  if (escalation.path === "runner") return t("send a runner, since {time}", { time });
  const name = escalation.who_name.split(", ").map(firstName).join(", ");
  if (escalation.path === "phone") return name ? t("call {name}, since {time}", { name, time }) : t("call the unit, since {time}", { time });
  return t("alerted {name} {time}", { name: name || t("the whole unit"), time });
}
