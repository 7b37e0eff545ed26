/** The last thing that was taken away can be put back. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { t } from "../../lib/text.js";
import { putBack } from "./model.js";
import { removed } from "./state.js";

export default function Removed() {
  if (!removed.value) return null;
  return html`<div class="editor__removed"><span>${removed.value.words}</span><button type="button" class="btn" onClick=${putBack}><${Icon} name="undo" />${t("Put it back")}</button></div>`;
}
