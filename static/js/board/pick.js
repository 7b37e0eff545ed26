/** One row that is ticked or not. */
import Icon from "../components/icon.js";
import { html } from "../components/html.js";

/** @param {{icon: string, title: string, hint?: string, checked: boolean, onToggle: () => void}} props */
export function Pick({ icon, title, hint, checked, onToggle }) {
  return html`
    <button type="button" class="pick" role="checkbox" aria-checked=${String(checked)} onClick=${onToggle}>
      <span class="pick__icon"><${Icon} name=${icon} /></span>
      <span><b>${title}</b>${hint && html`<small>${hint}</small>`}</span>
      <span class="pick__tick"><${Icon} name="check" /></span>
    </button>
  `;
}
