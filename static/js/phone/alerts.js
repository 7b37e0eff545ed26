/** Alerts on this phone: what they are, on and off, and a test with its receipt. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { say } from "../store/actions.js";
import { alerts, testAlerts, trouble, turnOff, turnOn } from "../store/alerts.js";
import { now, session } from "../store/state.js";
import { may, row } from "../store/view.js";
import { alertWords, testWords } from "./alert_words.js";

export default function Alerts() {
  if (!may("push.subscribe")) return null;
  const { icon, tone, words, more } = alertWords(alerts.value);
  const state = alerts.value;
  return html`<section class="sheet" aria-labelledby="alerts"><div class="sheet__head"><h2 id="alerts">${t("Alerts on this phone")}</h2><${Chip} tone=${tone} icon=${icon}>${words}<//></div><div class="sheet__body">
    <p>${more}</p>
    ${trouble.value && html`<${Note} icon="warn" tone="late" role="alert">${t("It did not work: the browser’s push service could not be reached. Try again when the internet is there.")}<//>`}
    ${["ask", "off"].includes(state) && html`<${TurnOn} />`}
    ${state === "on" && html`<${On} />`}
  </div></section>`;
}

/** @param {{onDone?: () => void}} props */
export function TurnOn({ onDone = () => {} }) {
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const on = await turnOn();
    setBusy(false);
    if (on) say(t("Alerts are on. Try them with a test."));
    onDone();
  };
  return html`<button type="button" class="btn btn--main btn--wide" disabled=${busy} onClick=${ask}><${Icon} name="bell" />${busy ? t("Asking the phone") : t("Get alerts on this phone")}</button>`;
}

function On() {
  const push = row("push", `push:${session.value?.device}`)?.b ?? null;
  const last = testWords(push, now.value);
  return html`
    ${push?.state === "gone" && html`<${Note} icon="warn" tone="late">${t("The push service does not know this phone any more. Turn alerts off and on again.")}<//>`}
    ${push?.state === "quarantined" && html`<${Note} icon="warn" tone="late">${t("The push service gives answers that are doubted. Do not count on alerts now; keep the app open.")}<//>`}
    <div role="status">${last && html`<${Note} icon=${last.icon}>${t("Last test:")} ${last.words}<//>`}</div>
    <button type="button" class="btn btn--wide" onClick=${tryThem}><${Icon} name="bell" />${t("Send a test to this phone")}</button>
    <button type="button" class="btn btn--wide" onClick=${turnOff}>${t("Turn alerts off here")}</button>`;
}

async function tryThem() {
  await testAlerts().then(
    () => say(t("A test is on its way. It shows on this phone within a minute, if all is well.")),
    (error) => say(error?.code === "no_contact" ? t("No answer from the server. Try again later.") : error?.msg || t("The test could not be sent.")),
  );
}
