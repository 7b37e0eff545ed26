/** One of my positions: assume it, hand it over, give it up; and what whoever takes it does first. Works without contact. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { commandUnit } from "../phone/command_facts.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { me, row } from "../store/view.js";

/** @param {{line: import("../lib/command_rules.js").Line}} props */
export function CommandPosition({ line }) {
  const { code, b, holders } = line;
  const held = holders.find((one) => one.user === me.value.id);
  const [unit, title] = [commandUnit(), label(b.title)];
  const assume = () => kept(record("duty.claim", { unit, role: code }), t("You hold {position}. Saved on this phone.", { position: title }));
  const release = () => kept(record("duty.release", { unit, role: code }), t("Given up: {position}. Saved on this phone.", { position: title }));
  return html`<section class="sheet" aria-labelledby=${`p-${code}`}>
    <div class="sheet__head"><h2 id=${`p-${code}`}>${title}</h2>${held ? html`<${Chip} tone="way" icon="person">${t("you, since {time}", { time: clockTime(held.since) })}<//>` : html`<${Chip} plain=${!line.vacant} tone=${line.vacant ? "late" : ""} icon=${line.vacant ? "warn" : "open"}>${t("nobody holds it")}<//>`}</div>
    <div class="sheet__body"><p>${label(b.mission)}</p>
      ${held ? html`<${First} /><div class="row"><a class="btn grow" href=${`/app/shift?unit=${unit}&role=${code}`}><${Icon} name="runner" size="s" />${t("Hand over")}</a><button type="button" class="btn" onClick=${release}>${t("Give it up")}</button></div>`
        : html`<button type="button" class="btn btn--main btn--wide" onClick=${assume}><${Icon} name="person" />${t("Assume {position}", { position: title })}</button>`}
    </div></section>`;
}

const First = () => html`<details class="tuck tuck--plain"><summary><${Icon} name="down-chevron" /><b>${t("What you do first")}</b></summary>
  <ol class="instead">${(row("command", "command")?.b.assume ?? []).map((/** @type {any} */ one, /** @type {number} */ at) => html`<li key=${at}>${label(one)}</li>`)}</ol></details>`;
