/** One device: where, whose, when it was last heard, what waits on it and what is gone. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import { unitShort } from "../components/place.js";
import { clockTime, dayAndTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** @typedef {import("../lib/device_rules.js").DeviceLine} DeviceLine */

/** @type {Record<import("../lib/device_rules.js").State, {icon: string, tone: any, words: (b: any) => string}>} */
const STATES = {
  lost: { icon: "refused", tone: "late", words: (b) => (b.gap === 1 ? t("1 entry was lost with this device’s storage") : t("{n} entries were lost with this device’s storage", { n: b.gap })) },
  emptied: { icon: "warn", tone: "late", words: (b) => t("came back with an empty storage, {time}", { time: dayAndTime(b.emptied_at) }) },
  waits: { icon: "saved", tone: "saved", words: (b) => waitsWords(b) },
  well: { icon: "record", tone: "record", words: () => t("nothing waits") },
};

/** @param {{line: DeviceLine}} props */
export function DeviceRow({ line }) {
  const { b, state, away, old } = line;
  const { icon, tone, words } = STATES[state];
  return html`<li class="ask">
    <div class="ask__head"><b>${whereWords(b)}</b><${Chip} tone=${state === "well" && away ? "" : tone} icon=${icon}>${words(b)}<//></div>
    <p>${[b.label, away ? t("no contact since {time}", { time: dayAndTime(b.last_contact_at) }) : t("last contact {time}", { time: clockTime(b.last_contact_at) }), state === "lost" && b.queue_len > 0 && waitsWords(b), old ? t("older version {version}", { version: b.app_version }) : b.app_version && t("version {version}", { version: b.app_version })].filter(Boolean).join(" · ")}</p>
    ${state !== "well" && b.people.length > 1 && html`<p>${peopleWords(b)}</p>`}
  </li>`;
}

/** @param {any} b */
const whereWords = (b) => [b.units.map(unitShort).join(", "), b.person_name].filter(Boolean).join(" · ");

/** @param {any} b */
function waitsWords({ queue_len, oldest_at, last_contact_at }) {
  const values = { n: queue_len, time: dayAndTime(oldest_at ?? last_contact_at) };
  return queue_len === 1 ? t("1 entry waits since {time}", values) : t("{n} entries wait since {time}", values);
}

/** Whose they are, on a tablet of several. @param {any} b */
const peopleWords = (b) =>
  b.people.filter((/** @type {any} */ one) => one.queue_len + one.gap > 0)
    .map((/** @type {any} */ one) => `${one.name}: ${[one.queue_len > 0 && t("{n} wait", { n: one.queue_len }), one.gap > 0 && t("{n} lost", { n: one.gap })].filter(Boolean).join(", ")}`).join(" · ");
