/** "The cabinets are down: do this", for the person's units and roles. The one that needs a look first is open. */
import { byUrgency } from "../lib/workaround_rules.js";
import { t } from "../lib/text.js";
import { insteadOf } from "./in_use_items.js";
import { now } from "../store/state.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Instead from "../components/instead.js";

const SHOWN = 3;

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function InsteadSheet({ incident }) {
  const found = insteadOf(incident);
  if (found.length === 0) return null;
  const late = byUrgency(found, now.value).filter(({ state }) => state !== "safe").map(({ service }) => service);
  const items = [...found].sort((a, b) => rank(a, late, incident.b.services) - rank(b, late, incident.b.services));
  const one = (/** @type {any} */ item) => html`<${Instead} key=${`${item.service}:${item.code}`} title=${item.title} entry=${item.entry} times=${item} open=${item === items[0]} />`;
  return html`<section class="sheet" aria-labelledby="instead">
    <div class="sheet__head"><h2 id="instead">${t("Down: do this")}</h2><p role="status">${late.length > 0 ? t("{n} near or past safe time", { n: late.length }) : ""}</p></div>
    ${items.slice(0, SHOWN).map(one)}
    ${items.length > SHOWN && html`<details class="tuck"><summary><${Icon} name="down-chevron" /><b>${t("and {n} more", { n: items.length - SHOWN })}</b></summary>${items.slice(SHOWN).map(one)}</details>`}
    <a class="btn btn--plain btn--wide" href="/app/what-if">${t("What if something else is down?")}</a>
  </section>`;
}

/** Near or past its time first, then what was declared, then what stopped with it. @param {any} item @param {string[]} late @param {string[]} declared */
const rank = (item, late, declared) => (late.includes(item.service) ? 0 : (declared ?? []).includes(item.service) ? 1 : 2);
