/** Ask for help for the unit, see who is on it, and the numbers that work without a network. */
import { useState } from "preact/hooks";

import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { t } from "../lib/text.js";
import { atHand } from "../store/at_hand.js";
import Contacts from "./contacts.js";
import HelpDrawer from "./help_drawer.js";
import HelpRequests from "./help_requests.js";

/** @typedef {{name: string, icon: string, words: string, small: string}} Need */

/** @returns {Need[]} */
const needs = () => [
  { name: "printing", icon: "printer", words: t("Printing, forms, toner"), small: t("the service desk sees it") },
  { name: "runner", icon: "runner", words: t("A runner"), small: t("specimens, orders, results, doses") },
  { name: "hands", icon: "two", words: t("Another pair of hands"), small: t("the command centre sees it") },
  { name: "it", icon: "ehr", words: t("IT: something else fails"), small: t("the IT lead sees it") },
  { name: "question", icon: "info", words: t("A question"), small: t("a leader answers it here") },
  { name: "other", icon: "hand", words: t("Something else"), small: t("say it in a few words") },
];

export default function Help() {
  const incident = atHand.value;
  const [need, ask] = useState(/** @type {Need|null} */ (null));
  return html`<${Frame}>
    <main class="phone__main" id="main">
      <h1 class="title">${incident ? t("What do you need?") : t("Help")}</h1>
      ${incident && html`<div class="sheet">
        ${needs().map((one) => html`<${Pick} key=${one.name} need=${one} onClick=${() => ask(one)} />`)}
        <a class="pick" href="/app/card"><span class="pick__icon"><${Icon} name="flag" /></span><span><b>${t("A step is wrong")}</b><small>${t("open it on the card, then “This step is wrong”")}</small></span><${Icon} name="chevron" turns=${true} /></a>
      </div>`}
      <${HelpRequests} incident=${incident} />
      <${Note} icon="phone" tone="help" lead=${t("A patient is in danger? Use the emergency call, not this app.")} />
      <${Contacts} />
    </main>
    ${need && incident && html`<${HelpDrawer} need=${need} incident=${incident} onClose=${() => ask(null)} />`}
  <//>`;
}

/** @param {{need: Need, onClick: () => void}} props */
function Pick({ need, onClick }) {
  return html`<button type="button" class="pick" aria-haspopup="dialog" onClick=${onClick}>
    <span class="pick__icon"><${Icon} name=${need.icon} /></span><span><b>${need.words}</b><small>${need.small}</small></span><${Icon} name="chevron" turns=${true} />
  </button>`;
}
