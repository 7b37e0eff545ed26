/** Hand the device to somebody else, or leave it on the table: everything hides, everybody's entries go on. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { lock } from "../store/lock.js";
import { people, session, shared } from "../store/state.js";

export default function SwitchPerson() {
  const opens = people.value.find(({ id }) => id === session.value?.user.id)?.opens;
  if (!shared.value && opens !== "pin") return null;
  return html`<button type="button" class="btn btn--wide btn--tall" onClick=${lock}><${Icon} name="person" />${t("Lock, or switch person")}</button>`;
}
