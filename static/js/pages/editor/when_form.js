/** A step that is asked only after a certain answer of another step on the card. */
import { html } from "../../components/html.js";
import { t } from "../../lib/text.js";
import { Choice, Lines, Words } from "./fields.js";

/** @param {{card: any, step: any, place: Array<string|number>, value: any, onChange: (value: any) => void}} props */
export default function WhenForm({ card, step, place, value, onChange }) {
  const asked = card.steps.filter((/** @type {any} */ one) => one !== step)
    .flatMap((/** @type {any} */ one) => (one.capture ?? []).map((/** @type {any} */ field) => ({ value: `${one.code} ${field.key}`, words: `${one.code} ${field.label}`, field })));
  const chosen = value ? `${value.step} ${value.field}` : "";
  const isCount = asked.find((/** @type {any} */ one) => one.value === chosen)?.field.type === "count";
  const choose = (/** @type {string} */ one) => {
    const [code, key] = one.split(" ");
    const field = asked.find((/** @type {any} */ other) => other.value === one)?.field;
    onChange(one === "" ? undefined : { step: code, field: key, ...(field?.type === "count" ? { at_least: "1" } : { one_of: (field?.choices ?? [""]).slice(0, 1) }) });
  };
  const limit = (/** @type {string} */ name) => (/** @type {string} */ said) => onChange(Object.fromEntries(Object.entries({ ...value, [name]: said }).filter(([, one]) => one !== "")));
  return html`<${Choice} label=${t("Only if")} none=${t("always asked")} options=${asked} place=${place} value=${chosen} onChange=${choose} />
    ${value && (isCount
      ? html`<div class="editor__pair"><${Words} label=${t("At least")} max=${9} place=${[...place, "at_least"]} value=${value.at_least} onChange=${limit("at_least")} /><${Words} label=${t("At most")} max=${9} place=${[...place, "at_most"]} value=${value.at_most} onChange=${limit("at_most")} /></div>`
      : html`<${Lines} label=${t("is one of")} hint=${t("one a line")} place=${[...place, "one_of"]} value=${value.one_of} onChange=${(/** @type {string[]} */ one_of) => onChange({ ...value, one_of })} />`)}`;
}
