/** What this device keeps, whose it is, and how its people come back. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { install, installed, offer } from "../components/install.js";
import RadioRow from "../components/radio_row.js";
import { t } from "../lib/text.js";
import { shareDevice } from "../store/lock.js";
import { kept, session, shared } from "../store/state.js";
import SetPin from "./set_pin.js";

export default function ThisPhone() {
  return html`<section class="sheet" aria-labelledby="phone"><div class="sheet__head"><h2 id="phone">${t("This phone")}</h2></div><div class="sheet__body"><dl class="deal">
    <div><dt>${t("Keeps")}</dt><dd>${storageWords(kept.value, installed.value)}</dd></div>
    <div><dt>${t("App")}</dt><dd>${installed.value ? t("On the home screen") : t("In the browser")}<small>${installed.value ? "" : installHint()}</small></dd></div>
    <div><dt>${t("Version")}</dt><dd>${session.value?.app?.ver ?? "–"}<small>${t("device {id}", { id: String(session.value?.device ?? "").slice(-6) })}</small></dd></div>
  </dl>${offer.value && html`<button type="button" class="btn btn--wide" onClick=${install}><${Icon} name="mobile" />${t("Put on the home screen")}</button>`}
    <${Whose} /><${SetPin} />
  </div></section>`;
}

function Whose() {
  const choices = [{ value: "own", words: t("Only mine") }, { value: "ward", words: t("Shared by the ward") }];
  return html`<${RadioRow} label=${t("Whose device is this?")} value=${shared.value ? "ward" : "own"} onChange=${(/** @type {string} */ value) => shareDevice(value === "ward")} choices=${choices} />
    <p>${shared.value ? t("It locks after 2 minutes without a touch. What was recorded is sent all the same.") : t("It never locks by itself.")}</p>`;
}

/** What the browser promised about clearing storage. @param {boolean|null} promise @param {boolean} isInstalled */
export function storageWords(promise, isInstalled) {
  if (promise === null) return t("Your entries, until the hospital has answered");
  if (promise) return t("Your entries, even when space runs out");
  return isInstalled ? t("Your entries; the browser may clear them when space runs out.") : t("Your entries; the browser may clear them when space runs out. Put the app on the home screen.");
}

const installHint = () => (/iPad|iPhone/.test(navigator.userAgent) ? t("Tap Share, then Add to Home Screen.") : t("Browser menu, then Install app."));
