/** When nothing is down: the cards that lie ready on this phone, to read and to know. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { roleTitle } from "../components/place.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { row } from "../store/view.js";
import CardPreview from "./card_preview.js";
import { myCards, planTitle } from "./my_cards.js";

export default function CardsAtHand() {
  const { plan, role } = route.value.params;
  const card = plan && myCards().find(({ b }) => b.plan === plan && (!role || b.role === role));
  return html`<${Frame}>${card ? html`<${CardPreview} card=${card} />` : html`<${CardList} />`}<//>`;
}

function CardList() {
  const cards = myCards();
  return html`<main class="phone__main" id="main">
    <h1 class="title">${t("My cards")}</h1>
    <p>${t("This is what you would do. It opens without network.")}</p>
    ${cards.length === 0 && html`<${Note} icon="info">${t("No card is on this phone yet.")}<//>`}
    <section class="sheet" aria-label=${t("Cards on this phone")}><ul>
      ${cards.map((card) => html`<li key=${card.id}><a class="msg" href=${`/app/card?plan=${card.b.plan}&role=${card.b.role}`}>
        <${Icon} name=${row("plan", card.b.plan)?.b.icon || "card"} />
        <span><span class="msg__title">${planTitle(card)}</span><span class="msg__meta">${roleTitle(card.b.role)} · ${t("{n} steps", { n: card.b.steps.length })}</span></span>
        <${Icon} name="chevron" turns=${true} /></a></li>`)}
    </ul></section>
  </main>`;
}
