/** An entry in words: what was recorded, and how far it got. Pure but for the rows it names. */
import { clockTime } from "../lib/format.js";
import { initialsOf } from "../lib/paper_entry.js";
import { unitName } from "../components/place.js";
import { label, t } from "../lib/text.js";
import { unitShort } from "../components/place.js";
import { taskNow } from "../store/at_hand.js";
import { row } from "../store/view.js";
import { handedWords } from "./relay_words.js";

/** @typedef {{id: string, kind: string, at: string, args: any, state: string, result: any, handed?: {to: string, record_at: string|null, refused: boolean}|null}} Entry */

const NOT_ANSWERED = ["saved", "sent", "waiting_retry"];

/** @type {Record<string, (args: any) => string>} */
const WHAT = {
  "task.complete": (args) => [step(args), args.paper ? t("from paper, by {initials}", { initials: initialsOf(args.paper.signed) }) : t("ticked"), counted(args)].filter(Boolean).join(" · "),
  "task.confirm": (args) => `${step(args)} · ${t("second signature")}`,
  "task.skip": (args) => `${step(args)} · ${t("skipped")}: ${args.reason}`,
  "task.block": (args) => `${step(args)} · ${t("needs help")}${args.note ? `: ${args.note}` : ""}`,
  "task.reopen": (args) => `${step(args)} · ${t("open again")}: ${args.reason}`,
  "step.flag": (args) => `${step(args)} · ${t("step is wrong")}: ${args.text}`,
  "note.add": (args) => t("Note: {text}", { text: args.text }),
  "help.ask": (args) => t("Asked for help: {text}", { text: args.text }),
  "help.take": (args) => t("Took a request for help: {text}", { text: row("help", args.help)?.b.text ?? "" }),
  "help.close": (args) => t("Answered a request for help: {text}", { text: args.answer }),
  "help.hand": (args) => t("Handed a request to {name}", { name: args.to_name ?? "" }),
  "handover.offer": (args) => args.task ? t("Offered {step} to {role}", { step: step(args), role: label(row("role", args.role)?.b.title) || args.role }) : t("Role handed over: {role}", { role: label(row("role", args.role)?.b.title) || args.role }),
  "handover.accept": ({ handover }) => (row("handover", handover)?.b.task ? t("Step taken over") : t("Role taken over")),
  "handover.refuse": () => t("Offer not taken"),
  "handover.withdraw": () => t("Offer taken back"),
  "position.call": () => t("Asked a successor to take a position"),
  "objective.add": (args) => t("Set an objective: {text}", { text: args.text }),
  "objective.change": () => t("Changed an objective"),
  "period.begin": (args) => t("Operational period {no}", { no: args.no }),
  "unit.check": (args) => t("Checked: {check}", { check: args.check }),
  "backlog.report": () => t("Counted what is on paper"),
  "allclear.sign": () => t("Signed the all-clear"),
  "broadcast.ack": (args) => t("Acknowledged update {no}", { no: updateNo(args) }),
  "broadcast.receive": (args) => (args.read ? t("Opened update {no}", { no: updateNo(args) }) : t("Update {no} arrived here", { no: updateNo(args) })),
  "broadcast.carry": (args) => t("Brought update {no} to {unit}", { no: updateNo(args), unit: unitName(args.unit) }),
  "broadcast.approve": () => t("Approved an update"),
  "broadcast.refuse": (args) => t("Refused an update: {text}", { text: args.reason }),
  "runner.send": () => t("Sent a runner"),
  "runner.end": () => t("The runner is back"),
  "broadcast.send": (args) => t("Sent an update: {text}", { text: args.headline }),
  sealed: () => t("Sealed when you signed out. Readable after the next sign-in."),
  "plan.read": (args) => t("Read what changed: {plan}", { plan: label(row("plan", args.plan)?.b.title ?? args.plan) }),
  "run.start": (args) => t("Started the cards: {plan}, {unit}", { plan: label(row("plan", args.plan)?.b.title ?? args.plan), unit: unitShort(args.unit) }),
  "run.merge": () => t("Joined two lists of the unit"),
  "run.end": (args) => t("Ended the unit’s cards: {text}", { text: args.note }),
  "duty.claim": () => t("Began duty"),
  "duty.release": () => t("Ended duty"),
  "incident.declare": (args) => (args.planned_start_at ? t("Planned: {title}", { title: args.title }) : t("Declared: {text}", { text: args.title })),
  "incident.go": (args) => (args.go ? t("Go") : t("No-go")),
  "incident.amend": () => t("Brought the plan’s new version in"),
  "incident.postpone": () => t("Another time"),
  "incident.notice": () => t("Notices"),
  "incident.advance": (args) => t("Moved the incident on: {text}", { text: args.to }),
};

/** @param {Entry} entry */
export const entryWhat = ({ kind, args }) => WHAT[kind]?.(args) ?? kind;

/** @param {Entry} entry @returns {{icon: string, tone: string, words: string, say: string}} */
export function entryState({ state, result, handed }) {
  if (handed && NOT_ANSWERED.includes(state)) return handedWords(handed);
  if (state === "not_accepted") return { icon: "refused", tone: "late", words: t("Not accepted"), say: result?.msg || t("Your entry is kept.") };
  if (state === "somebody_first") return { icon: "first", tone: "", words: firstWords(result), say: result?.msg || t("Done once, with both your names on it.") };
  if (state === "on_record") return { icon: "record", tone: "record", words: t("On record"), say: "" };
  if (state === "sent") return { icon: "sent", tone: "way", words: t("Sent, waiting for the answer"), say: "" };
  if (state === "waiting_retry") return { icon: "saved", tone: "saved", words: t("Saved on this phone"), say: waitWords(result) };
  return { icon: "saved", tone: "saved", words: t("Saved on this phone"), say: "" };
}

/** Why it is not taken yet. @param {any} result */
function waitWords(result) {
  if (result?.code === "waits") return t("It waits for an entry of somebody else that it belongs to. It is sent again by itself.");
  return t("The server was busy. It is sent again by itself.");
}

/** @param {any} result */
const firstWords = (result) =>
  result?.by_name ? t("{name} was first, {time}", { name: result.by_name.split(" ")[0], time: clockTime(result.at) }) : t("Somebody was first");

/** Which step an entry is about, for its link. @param {Entry} entry @returns {string} */
export const codeOf = ({ args }) => (args.task && taskNow(args.task)?.b.code) || "";

/** @param {any} args */
const step = (args) => taskNow(args.task)?.b.code ?? t("A step");

/** @param {any} args */
const counted = ({ captured }) => Object.values(captured ?? {}).filter((value) => value !== true).join(", ");

/** @param {any} args */
const updateNo = (args) => row("broadcast", args.broadcast)?.b.no ?? "";
