/** What the unit still has on paper: numbers only, kind by kind; and what was compared with the system. */
import CountField from "../components/count_field.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { useDraft } from "../components/use_draft.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { row } from "../store/view.js";
import { kept } from "./task_acts.js";

const MOST = 100_000;

/** @param {{incident: {id: string}, unit: string}} props */
export default function PaperCount({ incident, unit }) {
  const b = row("backlog", `backlog:${incident.id}:${unit}`)?.b;
  const [values, set, drop] = useDraft(`paper:${incident.id}:${unit}`, /** @type {Record<string, number|undefined>} */ ({}));
  const kinds = row("recovery", "recovery")?.b.kinds ?? [];
  const given = (/** @type {string} */ key) => values[key] ?? b?.counts?.[key];
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const counts = Object.fromEntries(kinds.map((/** @type {any} */ kind) => [kind.key, given(kind.key)]).filter((/** @type {any} */ one) => one[1] !== undefined));
    const audit = { sampled: values["#sampled"] ?? b?.sampled ?? 0, wrong: values["#wrong"] ?? b?.wrong ?? 0 };
    if (await kept(record("backlog.report", { incident: incident.id, unit, counts, ...audit }), t("Counted. Saved on this phone."))) drop();
  };
  const field = (/** @type {string} */ key, /** @type {any} */ title, /** @type {number|undefined} */ value) => html`<${CountField} key=${key} id=${`pc-${key.replace("#", "x-")}`} field=${{ key, label: title, type: "count", max: MOST }} value=${value}
    onChange=${(/** @type {number|undefined} */ next) => set({ ...values, [key]: next })} />`;
  return html`<form class="sheet" aria-labelledby="paper" onSubmit=${submit}>
    <div class="sheet__head"><h2 id="paper">${t("Still on paper")}</h2><p>${b ? t("counted {time}: {n} of {m} left", { time: clockTime(b.at), n: b.left, m: b.total }) : t("not counted yet")}</p></div>
    <div class="sheet__body">
      <div class="counts">${kinds.map((/** @type {any} */ kind) => field(kind.key, label(kind.title), given(kind.key)))}
        ${b && field("#sampled", t("Compared with the system ({n} wanted)", { n: b.sample }), values["#sampled"] ?? b.sampled)}${b && field("#wrong", t("Of these different"), values["#wrong"] ?? b.wrong)}</div>
      <button type="submit" class="btn btn--main btn--wide"><${Icon} name="check" />${t("Save the count")}</button>
    </div></form>`;
}
