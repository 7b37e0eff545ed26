/** Hand over a role: what is open, to whom, one line. Works without contact; the other phone sees it when both have it. */
import Alone from "../components/alone.js";
import { toneOf } from "../components/contact_words.js";
import Crumb from "../components/crumb.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { inSentence, roleTitle, unitShort } from "../components/place.js";
import Tape from "../components/tape.js";
import TextField from "../components/text_field.js";
import Toast from "../components/toast.js";
import { useDraft } from "../components/use_draft.js";
import { openOf, takers } from "../lib/shift_rules.js";
import { label, t } from "../lib/text.js";
import { go, record } from "../store/actions.js";
import { contact, now } from "../store/state.js";
import { currentIncident, me, row, unitTasks } from "../store/view.js";
import { kept } from "./task_acts.js";

const SHOWN = 5;

/** @param {{unit: string, role: string}} props */
export default function HandOver({ unit, role }) {
  const [note, write, drop] = useDraft(`handover:${unit}:${role}`, "");
  const open = currentIncident.value ? openOf(unitTasks(currentIncident.value.id, unit), role) : [];
  const people = takers(row("duty", `duty:${unit}`)?.b, role, me.value.id, row("position", `position:${role}`)?.b.successors);
  const offer = async (/** @type {{id: string, name: string}|null} */ to) => {
    const args = { unit, role, to: to?.id ?? null, to_name: to?.name ?? "", note: note.trim() };
    if (!(await kept(record("handover.offer", args), t("Offered. You hold it until somebody accepts.")))) return;
    drop();
    go("/app/shift");
  };
  return html`<${Tape} /><${Crumb} href="/app/shift" words=${t("My shift")} /><${Alone} />
    <main class="phone__main" id="main">
      <h1 class="title">${t("Hand over {role}, {unit}", { role: inSentence(roleTitle(role)), unit: unitShort(unit) })}</h1>
      ${toneOf(contact.value, now.value) === "alone" && html`<${Note} icon="alone" tone="saved" lead=${t("No contact: tell it face to face too.")}>${t("The offer is kept on this phone and goes out when there is contact.")}<//>`}
      <${OpenSteps} open=${open} />
      <${TextField} id="ho-note" label=${t("What the next one must know")} rows=${3} max=${400} value=${note} onInput=${write} />
      <section class="sheet" aria-labelledby="ho-to"><div class="sheet__head"><h2 id="ho-to">${t("To whom?")}</h2></div>
        ${people.map((/** @type {any} */ one) => html`<${To} key=${one.id} icon="person" words=${one.name} small=${one.roles.map(roleTitle).join(", ") || t("successor")} onClick=${() => offer(one)} />`)}
        <${To} icon="two" words=${t("Whoever takes it")} small=${t("everybody of the unit who may hold it sees the offer")} onClick=${() => offer(null)} />
      </section>
    </main><${Toast} above="1rem" />`;
}

/** @param {{open: Array<{id: string, b: any}>}} props safety steps first */
function OpenSteps({ open }) {
  const safety = open.filter(({ b }) => b.safety).length;
  return html`<section class="sheet" aria-labelledby="ho-open">
    <div class="sheet__head"><h2 id="ho-open">${t("Still open: {n}", { n: open.length })}</h2>${safety > 0 && html`<p>${t("{n} safety", { n: safety })}</p>`}</div>
    <ul>${open.slice(0, SHOWN).map(({ id, b }) => html`<li key=${id} class="msg"><${Icon} name=${b.safety ? "shield" : "open"} /><span><span class="msg__title">${b.code} ${label(b.title)}</span></span></li>`)}</ul>
    ${open.length > SHOWN && html`<p class="sheet__body">${t("and {n} more on the card", { n: open.length - SHOWN })}</p>`}
    ${open.length === 0 && html`<p class="empty"><${Icon} name="info" /><span>${t("No open step of this role on this phone.")}</span></p>`}
  </section>`;
}

/** @param {{icon: string, words: string, small: string, onClick: () => void}} props */
const To = ({ icon, words, small, onClick }) => html`<button type="button" class="pick" onClick=${onClick}>
  <span class="pick__icon"><${Icon} name=${icon} /></span><span><b>${words}</b><small>${small}</small></span><${Icon} name="chevron" turns=${true} /></button>`;
