/** A few choices side by side, one of them taken. Arrow keys move as in any group of radio buttons. */
import { useRef } from "preact/hooks";

import { html } from "./html.js";

/** @type {Record<string, number>} */
const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** @param {{label: string, choices: Array<{value: string, words: any}>, value: string|undefined, onChange: (value: string) => void}} props */
export default function RadioRow({ label, choices, value, onChange }) {
  const group = useRef(/** @type {HTMLElement|null} */ (null));
  const chosen = Math.max(0, choices.findIndex((choice) => choice.value === value));
  const move = (/** @type {KeyboardEvent} */ event) => {
    if (!STEP[event.key]) return;
    event.preventDefault();
    const next = (chosen + STEP[event.key] + choices.length) % choices.length;
    onChange(choices[next].value);
    /** @type {HTMLElement|undefined} */ (group.current?.children[next])?.focus();
  };
  return html`<div ref=${group} class=${[3, 5].includes(choices.length) ? `switch switch--${choices.length}` : "switch"} role="radiogroup" aria-label=${label} onKeyDown=${move}>
    ${choices.map((choice, i) => html`<button type="button" role="radio" key=${choice.value} aria-checked=${choice.value === value ? "true" : "false"}
      tabindex=${i === chosen ? 0 : -1} onClick=${() => onChange(choice.value)}>${choice.words}</button>`)}
  </div>`;
}
