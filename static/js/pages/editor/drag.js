/** Moving a step by its grip: the list shows where it would stand, and letting go puts it there. Keys do the same by buttons. */
import { useRef, useState } from "preact/hooks";

import { moveStep, phaseOf } from "../../lib/plan_edit.js";
import { t } from "../../lib/text.js";
import { edit } from "./model.js";
import { openStep, taken, value } from "./state.js";

/** @typedef {{code: string, start: (event: PointerEvent, code: string) => void}} Drag */
/** @typedef {{phase: string, place: number}} Spot */

const MARK = "data-drop";

/** @param {string} role @returns {Drag} */
export function useDrag(role) {
  const [code, hold] = useState("");
  const spot = useRef(/** @type {Spot|null} */ (null));
  const start = (/** @type {PointerEvent} */ event, /** @type {string} */ held) => {
    const grip = /** @type {HTMLElement} */ (event.currentTarget);
    const form = /** @type {HTMLElement} */ (grip.closest("main"));
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    hold(held);
    const move = (/** @type {PointerEvent} */ to) => (spot.current = mark(form, to.clientY, held));
    const end = (/** @type {PointerEvent} */ last) => {
      grip.removeEventListener("pointermove", move);
      unmark(form);
      hold("");
      if (last.type === "pointerup" && spot.current) drop(role, held, spot.current);
      spot.current = null;
    };
    grip.addEventListener("pointermove", move);
    for (const type of ["pointerup", "pointercancel"]) grip.addEventListener(type, /** @type {any} */ (end), { once: true });
  };
  return { code, start };
}

/** @param {string} role @param {string} held @param {Spot} spot */
function drop(role, held, { phase, place }) {
  const { plan, code } = moveStep(value.value, role, held, phase, place, taken.value);
  const words = phaseOf(held) === phase ? t("{code} is number {n} now", { code, n: place + 1 }) : t("{code} is {other} now", { code: held, other: code });
  edit(() => plan, words);
  if (openStep.value === held) openStep.value = code;
}

/** Where it would stand, shown by a line. @param {HTMLElement} form @param {number} y @param {string} held @returns {Spot|null} */
function mark(form, y, held) {
  unmark(form);
  const phases = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-phase]")]);
  const phase = phases.findLast((one) => one.getBoundingClientRect().top <= y) ?? phases[0];
  if (!phase) return null;
  const steps = /** @type {HTMLElement[]} */ ([...phase.querySelectorAll("[data-step]")]).filter((one) => one.dataset.step !== held);
  const place = steps.filter((one) => middle(one) < y).length;
  (steps[place] ?? phase).setAttribute(MARK, steps[place] ? "before" : "end");
  return { phase: phase.dataset.phase ?? "", place };
}

/** @param {HTMLElement} one */
const middle = (one) => (one.getBoundingClientRect().top + one.getBoundingClientRect().bottom) / 2;

/** @param {HTMLElement} form */
const unmark = (form) => form.querySelectorAll(`[${MARK}]`).forEach((one) => one.removeAttribute(MARK));
