/** Go or no-go: IT and a clinical lead, two people. With both the downtime can be started. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { inSentence, roleTitle } from "../components/place.js";
import { voiceWords } from "../components/planned_words.js";
import ReasonForm from "../components/reason_form.js";
import { clockTime } from "../lib/format.js";
import { bothSayGo, isNear, VOICES } from "../lib/planned_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { may } from "../store/view.js";
import { ask, asking } from "./planned_ask.js";
import { RefusedLine } from "./refused_line.js";

/** @param {{incident: {id: string, b: any}}} props */
export default function GoNoGo({ incident: { id, b } }) {
  const [no, sayNo] = useState(false);
  const ready = bothSayGo(b.go) && isNear(b.clocks.planned, now.value);
  const refuse = async (/** @type {string} */ reason) => (await ask("incident.go", { incident: id, go: false, reason })) && sayNo(false);
  return html`<section class="sheet" aria-labelledby="go">
    <div class="sheet__head"><h2 id="go">${t("Go or no-go")}</h2><p>${t("two people: IT and clinical")}</p></div>
    <ul>${VOICES.map((voice) => html`<${Voice} key=${voice} voice=${voice} said=${b.go?.[voice]} />`)}</ul>
    <div class="sheet__body">
      <${RefusedLine} kind="incident.go" incident=${id} />
      ${!no && html`<div class="row">
        <button type="button" class="btn btn--main grow" aria-busy=${String(asking.value === "incident.go")} onClick=${() => ask("incident.go", { incident: id, go: true, reason: "" })}><${Icon} name="check" />${t("I say go")}</button>
        <button type="button" class="btn grow" onClick=${() => sayNo(true)}><${Icon} name="refused" size="s" />${t("No-go…")}</button></div>`}
      ${no && html`<${ReasonForm} label=${t("Why not?")} suggestions=${[t("Too few staff"), t("Too many patients"), t("The vendor is not ready"), t("Printers or viewer fail")]} button=${t("Say no-go")} icon="refused" onSubmit=${refuse} />`}
      ${ready && may("incident.advance") && html`<${Start} id=${id} />`}
    </div>
  </section>`;
}

/** @param {{voice: string, said: any}} props */
function Voice({ voice, said }) {
  const look = !said ? { tone: "", icon: "open", words: t("nothing said yet") } : said.go ? { tone: "way", icon: "check", words: t("Go") } : { tone: "late", icon: "refused", words: t("No-go") };
  return html`<li class="ask"><p class="ask__head"><b>${voiceWords(voice)}</b><${Chip} plain=${!said} tone=${look.tone} icon=${look.icon}>${look.words}<//></p>
    ${said && html`<p>${said.by_name}, ${inSentence(roleTitle(said.role))}, ${clockTime(said.at)}${said.reason && `: “${said.reason}”`}</p>`}</li>`;
}

/** @param {{id: string}} props */
function Start({ id }) {
  return html`<${RefusedLine} kind="incident.advance" incident=${id} />
    <button type="button" class="btn btn--main btn--wide btn--stop" aria-busy=${String(asking.value === "incident.advance")} onClick=${() => ask("incident.advance", { incident: id, to: "declared", note: "" })}><${Icon} name="planned" />${t("Start the downtime now")}</button>`;
}
