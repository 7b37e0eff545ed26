/** The head of the plan: what people see first, what it is for, who keeps it true. */
import { html } from "../../components/html.js";
import { PLAN_WORDS, withWord } from "../../lib/plan_edit.js";
import { label, t } from "../../lib/text.js";
import AttachmentForm from "./attachment_form.js";
import { Choice, Lines, Several, Words } from "./fields.js";
import { edit } from "./model.js";
import { choices, value } from "./state.js";

const ICONS = ["ehr", "network", "cyber", "lab", "imaging", "pharmacy", "phone", "power", "planned", "down"];
const LEVELS = ["1", "2", "3", "4"];

export default function PlanForm() {
  const plan = value.value;
  const put = (/** @type {string} */ name) => (/** @type {any} */ said) => edit((now) => withWord(now, name, said, PLAN_WORDS));
  const props = (/** @type {string} */ name) => ({ place: [name], value: plan[name], onChange: put(name) });
  const types = choices.value.unit_types.map(({ code, title }) => ({ value: code, words: label(title) }));
  return html`<div class="sheet"><div class="sheet__head"><h2>${t("The plan itself")}</h2></div><div class="sheet__body">
    <${Words} label=${t("Title")} hint=${t("what people see first")} max=${160} ...${props("title")} />
    <${Words} label=${t("Do now")} hint=${t("the one sentence in the light")} max=${160} ...${props("do_now")} />
    <${Words} label=${t("Summary")} rows=${3} ...${props("summary")} />
    <${Lines} label=${t("Still works")} hint=${t("one a line")} ...${props("works")} />
    <${Choice} label=${t("Kind")} options=${[{ value: "unplanned", words: t("unplanned") }, { value: "planned", words: t("planned") }]} ...${props("kind")} />
    <${Choice} label=${t("Suggested level")} options=${LEVELS.map((one) => ({ value: one, words: one }))} ...${props("level")} />
    <${Choice} label=${t("Picture")} options=${ICONS.map((one) => ({ value: one, words: one }))} ...${props("icon")} />
    <${Several} label=${t("Services")} options=${choices.value.services.map(({ code, title }) => ({ value: code, words: title }))} ...${props("services")} />
    <${Several} label=${t("Kinds of units")} options=${types} ...${props("unit_types")} />
    <${Words} label=${t("Owner")} hint=${t("who keeps it true")} max=${80} ...${props("owner")} />
    <${Words} label=${t("Review by")} hint=${t("a day such as 2027-05-01")} max=${10} ...${props("review_by")} />
    <${Lines} label=${t("References")} hint=${t("one a line")} ...${props("references")} />
    <${AttachmentForm} list=${plan.attachments ?? []} onChange=${put("attachments")} />
  </div></div>`;
}
