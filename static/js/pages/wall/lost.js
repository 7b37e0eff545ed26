/** No contact: the whole screen says so, what to do without it, and what was true before, dated. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { clockTime, dayAndTime } from "../../lib/format.js";
import { t } from "../../lib/text.js";
import { Top } from "./parts.js";

const DAY_MS = 86_400_000;

/** @param {{place: string, state: import("./rules.js").WallState|null, since: number|null, now: number}} props `since` null: it never had contact */
export default function Lost({ place, state, since, now }) {
  const desk = state?.desk;
  const when = since === null ? "" : now - since < DAY_MS ? clockTime(since) : dayAndTime(since);
  return html`<div class="wall wall--lost" data-lost>
    <${Top} place=${place} incident=${state?.incidents[0] ?? null} lost now=${now} />
    <main class="wall__mid"><div class="wall__lost" role="alert">
      <${Icon} name="alone" />
      <h1>${since === null ? t("NO CONTACT YET") : html`${t("NO CONTACT SINCE")} <time>${when}</time>`}</h1>
      <p>${t("This screen cannot hear the server. Do not wait for it to change.")}</p>
      <ul>
        <li><${Icon} name="card" /><span><b>${t("Go on with your paper card")}</b>${t("downtime kit of your unit")}</span></li>
        <li><${Icon} name="mobile" /><span><b>${t("Look at a phone")}</b>${t("the app also works alone")}</span></li>
        <li><${Icon} name="phone" /><span><b>${desk ? t("Call {phone}", { phone: desk.phone }) : t("Ask aloud")}</b>${desk?.name ?? t("your charge nurse knows whom to call")}</span></li>
      </ul>
    </div></main>
    ${state && since !== null && html`<${Past} state=${state} when=${when} />`}
  </div>`;
}

/** @param {{state: import("./rules.js").WallState, when: string}} props */
function Past({ state, when }) {
  const [first] = state.incidents;
  return html`<section class="wall__past">
    <h2>${t("What was true at {time}", { time: when })}</h2>
    ${first ? html`<p><b>${first.title}.</b> ${first.do_now.join(" ")}</p><p>${t("Down then: {list}", { list: first.down.join(", ") })} ${t("Worked then: {list}", { list: first.works.join(", ") })}</p>` : html`<p>${t("No incident was declared.")}</p>`}
  </section>`;
}
