/** Four entries under the thumb. Leaders have the board in place of the card; their card is one tap away on Now. */
import { createPortal } from "preact";

import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { isLeader, toAcknowledge } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @type {Record<string, string>} screens that belong to an entry without being it */
const PART_OF = {
  broadcast: "updates",
  entries: "now", more: "now", start: "now", shift: "now", planned: "now", checks: "now", "what-if": "now",
  carry: "now", "hand-over-entries": "now", "pass-status": "now",
  declare: "board", compose: "board", advance: "board", recovery: "board", outages: "board", command: "board",
};

export default function Nav() {
  const here = PART_OF[route.value.name] ?? route.value.name;
  const due = toAcknowledge.value.length;
  const second = isLeader.value
    ? { name: "board", href: "/app/board", icon: "unit", words: t("Board") }
    : { name: "card", href: "/app/card", icon: "card", words: t("My card") };
  const entries = [
    { name: "now", href: "/app/", icon: "lamp", words: t("Now") },
    second,
    { name: "updates", href: "/app/updates", icon: "updates", words: t("Updates"), badge: due, badgeWords: t("{n} to acknowledge", { n: due }) },
    { name: "help", href: "/app/help", icon: "hand", words: t("Help") },
  ];
  return html`<div class="nav__room"></div>${createPortal(html`<nav class="nav" aria-label=${t("Main")}><div class="nav__row">
    ${entries.map((entry) => html`<${Entry} key=${entry.name} ...${entry} current=${entry.name === here} />`)}
  </div></nav>`, document.body)}`;
}

/** @param {{href: string, icon: string, words: string, current: boolean, badge?: number, badgeWords?: string}} props */
function Entry({ href, icon, words, current, badge = 0, badgeWords = "" }) {
  return html`<a href=${href} aria-current=${current ? "page" : undefined}>
    <span class="nav__icon"><${Icon} name=${icon} />${badge > 0 && html`<span class="nav__badge" aria-hidden="true">${badge}</span>`}</span>
    ${words}${badge > 0 && html`<span class="sr">, ${badgeWords}</span>`}
  </a>`;
}
