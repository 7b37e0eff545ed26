/** The downtime forms that are kept with the plan. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { t } from "../../lib/text.js";
import { Words } from "./fields.js";

const WORDS = ["code", "title", "file", "version"];

/** @param {{list: any[], onChange: (list: any[]) => void}} props */
export default function AttachmentForm({ list, onChange }) {
  const names = /** @type {Record<string, string>} */ ({ code: t("Code"), title: t("Title"), file: t("File"), version: t("Version") });
  const put = (/** @type {number} */ at, /** @type {string} */ name) => (/** @type {string} */ said) => onChange(list.map((one, n) => (n === at ? { ...one, [name]: said } : one)));
  return html`<fieldset class="field"><legend class="label">${t("Forms kept with it")}</legend>
    ${list.map((one, at) => html`<div class="editor__group" key=${at}>${WORDS.map((name) => html`<${Words} key=${name} place=${["attachments", at, name]} label=${names[name]} value=${one[name]} onChange=${put(at, name)} />`)}
      <button type="button" class="btn" onClick=${() => onChange(list.filter((_, n) => n !== at))}><${Icon} name="erase" />${t("Take it out")}<span class="sr"> ${one.title}</span></button></div>`)}
    <button type="button" class="btn" onClick=${() => onChange([...list, { code: "", title: "", file: "", version: "1" }])}><${Icon} name="plus" />${t("Add a form")}</button></fieldset>`;
}
