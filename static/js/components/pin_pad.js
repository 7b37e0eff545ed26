/** Keys for a PIN. Digits of a keyboard count too; a PIN of known length is given as soon as it is complete. */
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

import { PIN_MAX, PIN_MIN } from "../lib/pin_rules.js";
import { t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @typedef {{say: string, digits: number, busy: boolean, isLocked: boolean, onPin: (pin: string) => void, onForgotten: () => void}} PadProps */

/** @param {PadProps} props `digits` how many the PIN has */
export default function PinPad({ say, digits, busy, isLocked, onPin, onForgotten }) {
  const [typed, type] = useState("");
  const length = Math.min(PIN_MAX, Math.max(PIN_MIN, digits));
  const still = busy || isLocked;
  const press = (/** @type {string} */ digit) => !still && type((before) => (before.length < length ? before + digit : before));
  const back = () => type((before) => before.slice(0, -1));
  useKeyboard(press, back);
  useEffect(() => {
    if (typed.length < length) return;
    type("");
    onPin(typed);
  }, [typed]);
  return html`<div class=${isLocked ? "pin pin--locked" : "pin"} role="group" aria-label=${say}>
    <p class="signin__say"><b>${say}</b></p>
    <${Dots} filled=${busy ? length : typed.length} of=${length} />
    <div class="keys">
      ${KEYS.map((key) => html`<${Key} key=${key} digit=${key} still=${still} onPress=${press} />`)}
      <button type="button" class="flat" onClick=${onForgotten}>${t("Forgotten")}</button>
      <${Key} digit="0" still=${still} onPress=${press} />
      <button type="button" class="flat" aria-label=${t("Delete")} aria-disabled=${still} onClick=${back}><${Icon} name="erase" /></button>
    </div>
  </div>`;
}

/** @param {{digit: string, still: boolean, onPress: (digit: string) => void}} props */
const Key = ({ digit, still, onPress }) => html`<button type="button" aria-disabled=${still} onClick=${() => onPress(digit)}>${digit}</button>`;

/** @param {{filled: number, of: number}} props */
const Dots = ({ filled, of }) =>
  html`<div class="pin__dots" role="status" aria-label=${t("{n} of {total} digits", { n: filled, total: of })}>
    ${Array.from({ length: of }, (_, i) => html`<i key=${i} class=${i < filled ? "on" : ""}></i>`)}
  </div>`;

/** @param {(digit: string) => void} press @param {() => void} back */
function useKeyboard(press, back) {
  // Not after the next paint: who types at once must not lose the first digit.
  useLayoutEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[0-9]$/.test(event.key)) press(event.key);
      if (event.key === "Backspace") back();
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  });
}
