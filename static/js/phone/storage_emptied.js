/** The storage of this device was emptied: say what is gone, and what to do about it. */
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { deskPhone } from "../components/place.js";
import { t } from "../lib/text.js";
import { emptied } from "../store/state.js";
import { sawEmptied } from "../store/storage.js";

export default function StorageEmptied() {
  const lost = emptied.value;
  if (lost === null) return null;
  return html`<${Note} icon="warn" tone="late" role="alert" lead=${t("The storage of this device was emptied.")}>
    <p>${lost.length === 0 ? t("Nothing was waiting to be sent.") : html`${lost.map(({ id, name, waiting }) => html`<span key=${id}>${lostWords(name, waiting)} </span>`)}${whatNow()}`}</p>
    <button type="button" class="btn" onClick=${sawEmptied}>${t("I have seen this")}</button>
  <//>`;
}

/** @param {string} name @param {number} n */
const lostWords = (name, n) => (n === 1 ? t("1 entry of {name} had not been sent and is gone.", { name }) : t("{n} entries of {name} had not been sent and are gone.", { n, name }));

function whatNow() {
  const phone = deskPhone();
  return phone ? t("Record them again from memory or paper, and tell the service desk: {phone}.", { phone }) : t("Record them again from memory or paper, and tell the service desk.");
}
