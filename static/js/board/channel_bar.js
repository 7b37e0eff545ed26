/** Ways out of the house that do not work: leaders must know what they cannot count on. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

export function ChannelBar() {
  const broken = rowsOf("channel_state").filter(({ b }) => b.state !== "up");
  return html`<div role="status">${broken.map(({ id, b }) => html`<section class="note note--late channel" key=${id}>
    <${Icon} name="warn" /><p><b>${headline(b)}</b>${b.waiting > 0 ? t("{n} messages wait.", { n: b.waiting }) : ""} ${consequence(b)}</p>
  </section>`)}</div>`;
}

/** @param {any} b the body of a `channel_state` row */
function headline(b) {
  const words = { what: what(b), time: clockTime(b.since) };
  if (b.channel === "house") return t("The server's processes have not heard each other since {time}", words);
  if (b.state === "stalled") return t("Nothing is sent since {time}: the sending part of the server does not run", words);
  if (b.state === "refused") return t("{what}: refused since {time}", words);
  if (b.state === "doubted") return t("{what}: answers are doubted since {time}", words);
  return t("{what}: down since {time}", words);
}

/** @param {any} b */
function what(b) {
  const names = /** @type {Record<string, string>} */ ({ push: t("Push path"), email: t("E-mail"), sms: t("SMS"), webhook: t("Webhook"), teams: "Teams", slack: "Slack" });
  return b.label ? `${names[b.channel] ?? b.channel} (${b.label})` : (names[b.channel] ?? b.channel);
}

/** @param {any} b */
function consequence(b) {
  if (b.channel === "house") return t("News reaches phones some seconds later. Nothing is lost. IT looks after Redis.");
  if (b.channel === "push" || b.channel === "worker") return t("Phones hear of updates only while the app is open. Count on calls and runners for the rest.");
  return t("Who is reached only this way hears nothing.");
}
