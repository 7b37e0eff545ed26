/** Numbers to call: on this phone, so that they work when nothing else does. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { telLink } from "../components/place.js";
import { byOrder } from "../lib/order.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

export default function Contacts() {
  const numbers = byOrder(rowsOf("contact"));
  return html`<section class="sheet" aria-labelledby="numbers">
    <div class="sheet__head"><h2 id="numbers">${t("Phone list")}</h2><p>${t("works without network")}</p></div>
    ${numbers.length === 0 && html`<div class="sheet__body"><${Note} icon="phone">${t("No numbers are on this phone yet. Use the list on the wall.")}<//></div>`}
    <ul class="calls">${numbers.map(({ id, b }) => html`<li class="call" key=${id}><span><b>${b.name}</b><small>${b.what}</small></span>
      <a class="call__no" href=${telLink(b.phone)}><${Icon} name="phone" size="s" /><span class="sr">${t("Call {phone}", { phone: b.name })} </span>${b.phone}</a></li>`)}</ul>
  </section>`;
}
