/** Two signatures: who has given one, and who may give the other. */
import { t } from "../lib/text.js";
import { signRight, signatures } from "../phone/task_state.js";
import { me } from "../store/view.js";
import ClockTime from "./clock_time.js";
import { html } from "./html.js";
import { firstName, inSentence, roleTitle, who } from "./place.js";

/** @param {{task: import("../lib/types.js").ViewRow, onSign: () => void}} props */
export default function Signs({ task, onSign }) {
  const [first, second] = signatures(task);
  if (!first) return null;
  return html`<div class="signs">
    <${Given} sign=${first} saved=${task.pending !== null && first.by === me.value.id} />
    ${second ? html`<${Given} sign=${second} saved=${task.pending !== null && second.by === me.value.id} />` : html`<${Free} task=${task} first=${first} onSign=${onSign} />`}
  </div>`;
}

/** @param {{sign: import("../lib/types.js").Sign, saved: boolean}} props */
function Given({ sign, saved }) {
  return html`<p class=${saved ? "sign sign--saved" : "sign sign--given"}>
    <b>${who(sign.by, sign.by_name)}</b><span>${saved ? t("saved here") : t("signed")} <${ClockTime} at=${sign.at} /></span>
  </p>`;
}

/** @param {{task: import("../lib/types.js").ViewRow, first: import("../lib/types.js").Sign, onSign: () => void}} props */
function Free({ task, first, onSign }) {
  const { ok, why, roles } = signRight(task, me.value);
  if (ok) {
    return html`<button type="button" class="sign sign--free" onClick=${onSign}>
      <b>${t("Sign as second")}</b><span>${t("you, or anyone but {name}", { name: firstName(first.by_name) })}</span>
    </button>`;
  }
  const wanted = roles.map((role) => inSentence(roleTitle(role))).join(", ");
  const say = why === "same_person" ? t("not you again; may sign on any phone") : t("only: {roles}", { roles: wanted });
  return html`<p class="sign sign--free"><b>${t("Second person")}</b><span>${say}</span></p>`;
}
