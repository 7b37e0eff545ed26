/** What is down in an incident, service by service, and which units are past the safe time of what they do instead. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { Until } from "../components/instead.js";
import { unitShort } from "../components/place.js";
import Toast from "../components/toast.js";
import { byUrgency } from "../lib/workaround_rules.js";
import { stoppedWith } from "../lib/blast.js";
import { label, t } from "../lib/text.js";
import { askServer } from "../store/actions.js";
import { now, route, toast } from "../store/state.js";
import { currentIncident, may, row, rowsOf, services } from "../store/view.js";
import { isFresh } from "./contact_words.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { IncidentBand } from "./incident_band.js";
import { StaleBar } from "./stale_bar.js";
import { asTitle, serviceName } from "./words.js";

export default function Outages() {
  const incident = row("incident", route.value.params.incident) ?? currentIncident.value;
  const shown = incident && may("board.view");
  return html`<${Frame} exercise=${incident?.b.kind === "exercise"}>
    <${Crumb} href="/app/board" back=${t("Board")} />
    ${incident && html`<${IncidentBand} incident=${incident} />`}
    <${StaleBar} />
    <main class="phone__main" id="main">
      <h1 class="title">${t("What is down")}</h1>
      ${shown ? html`<${SafeTimes} id=${incident.id} /><${Down} incident=${incident} />` : html`<p>${t("Nothing is down now, or this is for leaders.")}</p>`}
    </main>
    <${Toast} />
  <//>`;
}

/** @param {{id: string}} props */
function SafeTimes({ id }) {
  const items = byUrgency(row("safe_time", `safe_time:${id}`)?.b.items ?? [], now.value);
  const over = new Set(items.filter(({ state }) => state === "over").flatMap((/** @type {any} */ item) => item.units));
  return html`<section class="sheet" aria-labelledby="safe">
    <div class="sheet__head"><h2 id="safe">${t("Safe time of workarounds")}</h2><p role="status">${!isFresh() ? t("as of the last contact") : over.size > 0 ? t("{n} units beyond it", { n: over.size }) : t("no unit is beyond it")}</p></div>
    <ul>${items.map((/** @type {any} */ item) => html`<li class="ask" key=${`${item.service}:${item.code}`}><p class="ask__head"><b>${asTitle(serviceName(item.service))}</b><${Until} times=${item} /></p><p>${item.units.map(unitShort).join(", ")}</p></li>`)}</ul>
    ${items.length === 0 && html`<p class="empty"><${Icon} name="info" /><span>${t("No workaround is written for what is down.")}</span></p>`}
  </section>`;
}

/** @param {{incident: import("./board_types.js").Shown}} props */
function Down({ incident }) {
  const { id, b } = incident;
  const [busy, setBusy] = useState("");
  const also = stoppedWith(b.services, rowsOf("service"));
  const say = (/** @type {string} */ service, /** @type {string} */ to) => {
    setBusy(service);
    return askServer("incident.service", { incident: id, service, to })
      .then((result) => result.st === "ok" || result.st === "superseded" || said(result.msg), (error) => said(error.code === "no_contact" ? t("No contact: this needs the server.") : error.msg))
      .finally(() => setBusy(""));
  };
  const rows = services.value.filter(({ b: one }) => b.services.includes(one.code));
  const others = services.value.filter(({ b: one }) => !b.services.includes(one.code));
  const mine = may("incident.advance") && ["declared", "restored"].includes(b.state);
  return html`<section class="sheet" aria-labelledby="down"><div class="sheet__head"><h2 id="down">${t("Declared as down")}</h2><p>${t("{n} stop with it", { n: also.size - b.services.length })}</p></div>
      <ul>${rows.map(({ b: one }) => html`<li class="ask" key=${one.code}><p class="ask__head"><b>${asTitle(serviceName(one.code))}</b>${label(one.title)}</p>
        ${mine && html`<div class="row"><button type="button" class="btn grow" aria-busy=${String(busy === one.code)} onClick=${() => say(one.code, "back")}><${Icon} name="works" size="s" />${t("It is back")}<span class="sr"> ${asTitle(serviceName(one.code))}</span></button>
          <button type="button" class="btn" onClick=${() => say(one.code, "not_down")}>${t("Was not down")}<span class="sr"> ${asTitle(serviceName(one.code))}</span></button></div>`}</li>`)}</ul></section>
    ${mine && html`<details class="sheet tuck"><summary><${Icon} name="down-chevron" /><b>${t("Something else is down too")}</b></summary>
      <ul>${others.map(({ b: one }) => html`<li class="ask" key=${one.code}><p class="ask__head"><b>${asTitle(serviceName(one.code))}</b>${also.has(one.code) && t("stopped with another")}</p>
        <button type="button" class="btn" aria-busy=${String(busy === one.code)} onClick=${() => say(one.code, "down")}><${Icon} name="down" size="s" />${t("Down too")}<span class="sr"> ${asTitle(serviceName(one.code))}</span></button></li>`)}</ul></details>`}`;
}

/** @param {string|undefined} words */
const said = (words) => void (toast.value = { text: words ?? t("This did not work. Try again.") });
