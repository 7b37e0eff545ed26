/** One update, as a letter: what to do now, what works, when the next one comes, and the answer one gives. */
import { useEffect } from "preact/hooks";

import AckDock from "../components/ack_dock.js";
import Alone from "../components/alone.js";
import Crumb from "../components/crumb.js";
import { toneOf } from "../components/contact_words.js";
import { html } from "../components/html.js";
import Letter from "../components/letter.js";
import Note from "../components/note.js";
import { deskPhone } from "../components/place.js";
import Tape from "../components/tape.js";
import Toast from "../components/toast.js";
import { t } from "../lib/text.js";
import { markRead } from "../store/actions.js";
import { contact, now, route } from "../store/state.js";
import { acked, row } from "../store/view.js";
import AlertsOffer from "./alerts_offer.js";

export default function Broadcast() {
  const update = row("broadcast", route.value.params.broadcast);
  useEffect(() => {
    if (update?.b.state === "current") markRead(update.id).catch(() => {});
  }, [update?.id, update?.b.state]);
  return html`<${Tape} /><${Crumb} href="/app/updates" words=${t("Updates")} /><${Alone} />
    <main class="phone__main phone__main--flush" id="main">
      ${update ? html`<${Letter} update=${update} past=${toneOf(contact.value, now.value) !== "live"} /><div class="phone__main"><${Questions} />${acked(update.id) && html`<${AlertsOffer} />`}</div>` : html`<${Unknown} />`}
    </main>
    <${Toast} above="9rem" />${update && html`<${AckDock} update=${update} />`}`;
}

function Questions() {
  const phone = deskPhone();
  return phone ? html`<${Note} icon="phone" tone="plain">${t("Questions: service desk {phone}.", { phone })}<//>` : null;
}

function Unknown() {
  return html`<div class="phone__main"><h1 class="title">${t("This update is not on this phone")}</h1>
    <p>${t("It comes as soon as the server answers, if it is meant for you.")}</p><a class="btn" href="/app/updates">${t("All updates")}</a></div>`;
}
