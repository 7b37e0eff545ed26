/** Lines of single units on the one plan of all: "The kit is behind desk 2." */
import { html } from "../../components/html.js";
import { t } from "../../lib/text.js";
import { Words } from "./fields.js";
import { choices } from "./state.js";

/** @param {{card: any, place: Array<string|number>, value: Record<string, string>|undefined, onChange: (value: any) => void}} props */
export default function LocalForm({ card, place, value = {}, onChange }) {
  const here = choices.value.units.filter(({ id, type }) => (card.unit_types ?? []).includes(type) || id in value);
  const put = (/** @type {string} */ id) => (/** @type {string} */ line) => {
    const { [id]: _was, ...others } = value;
    onChange(line === "" ? others : id in value ? { ...value, [id]: line } : { ...others, [id]: line });
  };
  return html`<details><summary class="btn btn--wide">${t("Lines of single units")}: ${Object.keys(value).length}</summary><div class="editor__fields">
    ${here.map(({ id, name }) => html`<${Words} key=${id} label=${name} max=${160} place=${[...place, id]} value=${value[id]} onChange=${put(id)} />`)}</div></details>`;
}
