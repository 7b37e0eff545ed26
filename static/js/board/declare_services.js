/** Step 2: which services are down. Those of the plan are ticked. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { toggled } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { services } from "../store/view.js";
import { change } from "./declare_draft.js";
import { Pick } from "./pick.js";
import { asTitle, serviceIcon, serviceName } from "./words.js";

/** @param {{draft: import("../lib/declare_rules.js").DeclareDraft, steps: any}} props */
export function DeclareServices({ draft, steps }) {
  const count = draft.services.length;
  const rows = [...services.value].sort((a, b) => Number(draft.services.includes(b.id)) - Number(draft.services.includes(a.id)));
  const go = count === 0 ? t("No service is down") : count === 1 ? t("1 service is down") : t("{n} services are down", { n: count });
  return html`
    <main class="phone__main" id="main">
      ${steps}
      <h1 class="title">${t("Which services are down?")}</h1>
      <p class="note note--way"><${Icon} name="info" /><span>${t("Ticked from the plan. Change what you know better; leave the rest.")}</span></p>
      <${ServiceList} rows=${rows} chosen=${draft.services} />
    </main>
    <section class="dock" aria-label=${t("Next")}>
      <a class="btn btn--main btn--wide" href="/app/declare?step=3">${go}<${Icon} name="chevron" turns=${true} /></a>
    </section>
  `;
}

/** @param {{rows: any[], chosen: string[]}} props */
function ServiceList({ rows, chosen }) {
  const flip = (/** @type {string} */ id) => change({ services: toggled(chosen, id) });
  return html`
    <div class="sheet" role="group" aria-label=${t("Services")}>
      ${rows.map(({ id, b }) => html`
        <${Pick} key=${id} icon=${serviceIcon(id)} title=${asTitle(serviceName(id))} hint=${b.plain ? label(b.title) : ""} checked=${chosen.includes(id)} onToggle=${() => flip(id)} />
      `)}
    </div>
  `;
}
