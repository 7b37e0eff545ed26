/** The downtime forms of a step: open one, also without contact once this phone holds it. */
import { fileAddress, formsOf } from "../lib/form_rules.js";
import { label, t } from "../lib/text.js";
import { heldForms } from "../store/forms.js";
import { rowsOf } from "../store/view.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{b: any}} props body of a task */
export default function TaskForms({ b }) {
  if (!b.forms?.length) return null;
  return html`${formsOf(b, rowsOf("document")).map(({ id, b: form }) => {
    const isHere = heldForms.value.includes(form.digest);
    return html`<a key=${id} class="btn btn--wide" href=${fileAddress(form.digest)} target="_blank" rel="noopener">
      <${Icon} name="printer" />${t("Form: {title}, version {version}", { title: label(form.title), version: form.version })}
      <${Chip} plain icon=${isHere ? "saved" : "alone"}>${isHere ? t("on this phone") : t("needs contact")}<//></a>`;
  })}`;
}
