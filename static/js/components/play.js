/** If something real happens in an exercise. Whoever may end it ends it everywhere; everybody else tells those who may. */
import { useState } from "preact/hooks";

import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { askServer, record, say } from "../store/actions.js";
import { may, me } from "../store/view.js";
import Drawer from "./drawer.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { deskPhone, telLink } from "./place.js";

const NO_PLAY = "NO PLAY – REAL EVENT";

/** @param {{incident: {id: string}}} props */
export default function Play({ incident }) {
  const [asked, ask] = useState(false);
  return html`
  <section class="play" aria-label=${t("If something real happens")}>
    <p><b>${t("Patients first.")}</b> ${t("If something real happens, end the exercise everywhere:")}</p>
    <button type="button" class="btn btn--tall btn--wide" aria-haspopup="dialog" onClick=${() => ask(true)}><${Icon} name="warn" />${t("NO PLAY – REAL EVENT")}</button>
  </section>
  ${asked && html`<${Ending} incident=${incident} onClose=${() => ask(false)} />`}`;
}

/** @param {{incident: {id: string}, onClose: () => void}} props */
function Ending({ incident, onClose }) {
  const phone = deskPhone();
  const ends = may("incident.advance");
  const act = () => (ends ? endEverywhere(incident.id) : tellLeaders(incident.id)).finally(onClose);
  return html`<${Drawer} title=${t("NO PLAY – REAL EVENT")} meta=${ends ? t("Ends the exercise on every phone and screen.") : t("Tells the leaders at once. Call as well.")} onClose=${onClose}>
    <div class="sheet__body">
      <button type="button" class="btn btn--main btn--stop btn--wide" onClick=${act}><${Icon} name="warn" />${ends ? t("End the exercise now") : t("Tell the leaders now")}</button>
      ${phone && html`<a class="btn btn--tall btn--wide" href=${telLink(phone)}><${Icon} name="phone" />${t("Call {phone}", { phone })}</a>`}
    </div>
  <//>`;
}

/** @param {string} incident */
async function endEverywhere(incident) {
  try {
    const result = await askServer("incident.advance", { incident, to: "cancelled", note: NO_PLAY });
    say(["ok", "dup"].includes(result.st) ? t("The exercise has ended.") : (result.msg ?? t("Not accepted. Call.")));
  } catch {
    say(t("No answer from the server. Call, and say: NO PLAY – REAL EVENT."));
  }
}

/** @param {string} incident */
const tellLeaders = (incident) =>
  kept(record("help.ask", { incident, unit: me.value.units[0] ?? null, text: NO_PLAY }), t("Saved on this phone. Call as well."));
