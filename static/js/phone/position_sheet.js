/** On Now: the position of command that I hold, one tap from its objectives. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { label, t } from "../lib/text.js";
import { me, row, rowsOf } from "../store/view.js";
import { commandUnit } from "./command_facts.js";

/** @param {{incident: {id: string}}} props */
export default function PositionSheet({ incident }) {
  const unit = commandUnit();
  const held = me.value.duty.filter((one) => one.unit === unit && row("position", `position:${one.role}`));
  if (held.length === 0) return null;
  const open = rowsOf("objective").filter(({ b }) => b.incident === incident.id && b.state === "open" && held.some((one) => one.role === b.owner)).length;
  return html`<section class="sheet" aria-labelledby="position"><div class="sheet__head"><h2 id="position">${t("My position")}</h2></div>
    <ul>${held.map((one) => html`<li key=${one.role}><a class="msg" href="/app/command"><${Icon} name="person" /><span><span class="msg__title">${label(row("position", `position:${one.role}`)?.b.title)}</span><span class="msg__meta">${t("{n} objectives of yours are open", { n: open })}</span></span><${Icon} name="chevron" turns=${true} /></a></li>`)}</ul></section>`;
}
