/** After the first answer to an update, and never before: the offer to be alerted the next time. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { alerts, decline, declined } from "../store/alerts.js";
import { may } from "../store/view.js";
import { TurnOn } from "./alerts.js";

export default function AlertsOffer() {
  if (alerts.value !== "ask" || declined.value || !may("push.subscribe")) return null;
  return html`<section class="note" aria-label=${t("Alerts on this phone")}>
    <${Note} icon="bell" tone="plain" lead=${t("Hear of the next update with the screen off?")}>${t("The phone will ask once: choose Allow. You can turn it off under More.")}<//>
    <${TurnOn} /><button type="button" class="btn btn--wide" onClick=${decline}>${t("Not now")}</button>
  </section>`;
}
