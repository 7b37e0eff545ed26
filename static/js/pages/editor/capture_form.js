/** What a step records: counts, times, choices. Never anything about one patient. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { FIELD_WORDS, withWord } from "../../lib/plan_edit.js";
import { t } from "../../lib/text.js";
import { Choice, Lines, Words, Yes } from "./fields.js";

const FRESH = { key: "count", label: "", type: "count", min: "0" };

/** @param {{list: any[], path: Array<string|number>, onChange: (list: any[]) => void}} props */
export default function CaptureForm({ list, path, onChange }) {
  const put = (/** @type {number} */ at) => (/** @type {any} */ field) => onChange(list.map((one, n) => (n === at ? field : one)));
  const add = () => onChange([...list, { ...FRESH, key: freeKey(list) }]);
  return html`<fieldset class="field"><legend class="label">${t("What is recorded")}</legend>
    ${list.map((field, at) => html`<${Field} key=${at} field=${field} path=${[...path, at]} onChange=${put(at)} onRemove=${() => onChange(list.filter((_, n) => n !== at))} />`)}
    <button type="button" class="btn" onClick=${add}><${Icon} name="plus" />${t("Record something")}</button></fieldset>`;
}

/** @param {any[]} list */
const freeKey = (list) => [FRESH.key, ...list.map((_, n) => `${FRESH.key}_${n + 2}`)].find((key) => !list.some((one) => one.key === key)) ?? FRESH.key;

/** @param {{field: any, path: Array<string|number>, onChange: (field: any) => void, onRemove: () => void}} props */
function Field({ field, path, onChange, onRemove }) {
  const props = (/** @type {string} */ name) => ({ place: [...path, name], value: field[name], onChange: (/** @type {any} */ said) => onChange(withWord(field, name, said, FIELD_WORDS)) });
  const types = [["count", t("a count")], ["time", t("a time")], ["choice", t("a choice")], ["text", t("a few words")], ["person", t("a colleague")], ["tick", t("a tick")]];
  const ofType = (/** @type {string} */ type) => {
    const { choices, min, max, ...rest } = field;
    const more = type === "choice" ? { choices: choices ?? [t("Yes"), t("No")] } : type === "count" && (min !== undefined || max !== undefined) ? { min, max } : {};
    onChange(Object.entries({ ...more, type }).reduce((all, [name, said]) => withWord(all, name, said, FIELD_WORDS), rest));
  };
  return html`<div class="editor__group">
    <${Words} label=${t("Label")} hint=${t("never about one patient")} max=${60} ...${props("label")} />
    <${Choice} label=${t("Type")} options=${types.map(([value, words]) => ({ value, words }))} ...${props("type")} onChange=${ofType} />
    ${field.type === "choice" && html`<${Lines} label=${t("Choices")} hint=${t("one a line")} ...${props("choices")} />`}
    ${field.type === "count" && html`<div class="editor__pair"><${Words} label=${t("At least")} max=${9} ...${props("min")} /><${Words} label=${t("At most")} max=${9} ...${props("max")} /></div>`}
    <${Words} label=${t("Key")} hint=${t("for programs: small letters")} max=${40} ...${props("key")} />
    <${Yes} label=${t("The step is worthless without it")} ...${props("required")} />
    <button type="button" class="btn" onClick=${onRemove}><${Icon} name="erase" />${t("Take it out")}<span class="sr"> ${field.label}</span></button></div>`;
}
