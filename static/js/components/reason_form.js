/** A reason or a request in few words: taps first, the keyboard only when needed. */
import { useState } from "preact/hooks";

import { t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import TextField from "./text_field.js";

/**
 * @param {{label: string, suggestions?: string[], button: string, icon?: string, optional?: boolean, start?: string,
 *   onSubmit: (text: string) => unknown}} props
 */
export default function ReasonForm({ label, suggestions = [], button, icon = "check", optional = false, start = "", onSubmit }) {
  const [text, write] = useState(start);
  const [warned, warn] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!optional && text.trim() === "") return warn(true);
    onSubmit(text.trim());
  };
  return html`<form class="sheet__body" onSubmit=${submit}>
    ${suggestions.length > 0 && html`<div class="row">${suggestions.map((words) => html`<button type="button" key=${words} class="btn" aria-pressed=${text === words ? "true" : "false"}
      onClick=${() => write(words)}>${text === words && html`<${Icon} name="check" size="s" />`}${words}</button>`)}</div>`}
    <${TextField} id="reason" label=${label} value=${text} rows=${2} onInput=${write} />
    <p role="status">${warned && text.trim() === "" ? t("Say why in a few words, or tap one above.") : ""}</p>
    <button type="submit" class="btn btn--main btn--wide"><${Icon} name=${icon} />${button}</button>
  </form>`;
}
