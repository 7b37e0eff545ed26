/** The camera as a reader of a sheet's code; typing is always there beside it. */
import { useCallback, useState } from "preact/hooks";

import { t } from "../lib/text.js";
import { typedCode } from "../lib/sheet_code.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Note from "./note.js";
import { Eye } from "./scanner.js";

/** @param {{onCode: (text: string) => void}} props */
export default function CodeEye({ onCode }) {
  const [looking, look] = useState(false);
  const [blind, say] = useState(false);
  const read = useCallback((/** @type {string} */ text) => {
    if (typedCode(text).fault) return;
    look(false);
    onCode(text);
  }, [onCode]);
  const failed = useCallback(() => (say(true), look(false)), []);
  return html`<div class="scanner no-print">
    ${looking && html`<${Eye} onText=${read} onFault=${failed} />`}
    ${blind && html`<${Note} icon="refused" tone="late" role="alert">${t("The camera does not open here. Type the six characters.")}<//>`}
    <button type="button" class="btn btn--wide" onClick=${() => (say(false), look(!looking))}><${Icon} name="qr" />${looking ? t("Close the camera") : t("Scan the sheet")}</button>
  </div>`;
}
