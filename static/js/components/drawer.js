/** A drawer from below: a dialog that keeps the focus, closes with Esc and gives the focus back. */
import { createPortal } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { t } from "../lib/text.js";
import { html } from "./html.js";

const FOCUSABLE = "a[href], button:not([disabled]), input, textarea, select, [tabindex='0']";

/** @param {{title: any, meta?: any, onClose: () => void, closeWords?: string, children?: any}} props */
export default function Drawer({ title, meta = "", onClose, closeWords = t("Close"), children }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const id = useId();
  useFocusInside(box);
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Tab" && box.current) keepInside(event, box.current);
  };
  const outside = (/** @type {any} */ event) => event.target === event.currentTarget && onClose();
  return createPortal(html`<div class="shade" onClick=${outside} onKeyDown=${keys}>
    <section class="drawer" ref=${box} role="dialog" aria-modal="true" aria-labelledby=${id} tabindex="-1">
      <div class="drawer__head"><h2 id=${id}>${title}</h2>${meta && html`<p>${meta}</p>`}</div>
      ${children}
      <div class="drawer__foot"><button type="button" class="btn btn--wide btn--tall" onClick=${onClose}>${closeWords}</button></div>
    </section>
  </div>`, document.body);
}

/** @param {{current: HTMLElement|null}} box */
function useFocusInside(box) {
  useEffect(() => {
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    const scroll = document.body.style.overflow;
    document.body.style.overflow = "hidden";
    box.current?.focus();
    return () => {
      document.body.style.overflow = scroll;
      if (before?.isConnected) before.focus();
    };
  }, []);
}

/** @param {KeyboardEvent} event @param {HTMLElement} box */
function keepInside(event, box) {
  const stops = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(FOCUSABLE)]).filter((stop) => stop.tabIndex >= 0);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const at = document.activeElement;
  if (event.shiftKey ? at === first || at === box : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
