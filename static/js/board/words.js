/** Words of codes that leaders' screens share. Functions, as the language may change while the app is open. */
import { label, t } from "../lib/text.js";
import { session } from "../store/state.js";
import { row } from "../store/view.js";

/** @type {Record<string, string>} icons of services by code; others get a plain one */
const SERVICE_ICONS = { ehr: "ehr", pharmacy: "pharmacy", cabinets: "pharmacy", lab: "lab", laboratory: "lab", imaging: "imaging", pacs: "imaging", network: "network", wifi: "network", phones: "phone", telephony: "phone", power: "power", identity: "lock", viewer: "eye", printing: "printer" };

/** @param {string} code */
export const serviceIcon = (code) => SERVICE_ICONS[code] ?? "info";

/** What staff call it; its code while the list of services has not arrived. @param {string} code */
export const serviceName = (code) => label(row("service", code)?.b.plain || row("service", code)?.b.title) || code;

/** Staff's words for a service, such as "the chart", at the start of a line. @param {string} words */
export const asTitle = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param {number} level */
export const levelWords = (level) => ({
  1: t("one unit"), 2: t("more than one unit, workaround exists"), 3: t("the whole hospital"), 4: t("the hospital and others around it"),
})[level] ?? "";

/** @param {string} key of a group of units */
export const groupWords = (key) => /** @type {Record<string, string>} */ ({
  wards: t("Wards and intensive care"), emergency: t("Emergency and theatres"), services: t("Services to wards"), front: t("Front of house"), others: t("Command and others"),
})[key] ?? key;

/** @type {Record<string, string>} */
export const GROUP_ICONS = { wards: "unit", emergency: "kit", services: "lab", front: "person", others: "two" };

/** @param {string} key a clock of the incident, or `now`, where it stands @param {string} state of the incident */
export const stageWords = (key, state) => /** @type {Record<string, string>} */ ({
  planned: t("Planned start"), T0: t("Symptom"), TD: t("Declared"), TB: t("First update"), TR: t("Back in IT"), TA: t("All-clear"), TE: t("Entered back"), TS: t("Stood down"),
  now: state === "restored" ? t("Recovering") : state === "all_clear" ? t("Entering back") : t("Running"),
})[key] ?? key;

/** @param {import("../lib/board_rules.js").Reached} reached */
export const reachedWords = (reached) => ({
  acked: t("Acknowledged"), carried: t("Brought by a runner"), partly: t("Partly acknowledged"), read: t("Read"), received: t("Received"), none: t("Not reached"), not_asked: t("Not addressed"),
})[reached];

/** Icon and class of each stage an update can reach. */
export const REACHED_LOOK = /** @type {Record<import("../lib/board_rules.js").Reached, {icon: string, cls: string}>} */ ({
  acked: { icon: "check", cls: "m-ack--a" }, carried: { icon: "runner", cls: "m-ack--e" }, partly: { icon: "half", cls: "m-ack--e" }, read: { icon: "eye", cls: "m-ack--e" },
  received: { icon: "arrived", cls: "m-ack--r" }, none: { icon: "refused", cls: "m-ack--n" }, not_asked: { icon: "minus", cls: "" },
});

/** What it is and how far it reaches. @param {any} incident body */
export const incidentLine = (incident) =>
  `${incident.kind === "exercise" ? t("Exercise, not real") : t("Real incident")} · ${t("level {n}", { n: incident.level })}${session.value ? ` · ${session.value.site.name}` : ""}`;

/** Why asking the server brought no answer. @param {any} error */
export const refusalWords = (error) => {
  if (error?.code === "sign_in") return t("Sign in again first. Your draft is kept.");
  if (error?.code === "try_later") return error.msg || t("The server is busy. Try again in a moment. Your draft is kept.");
  return error?.msg || t("No contact.");
};
