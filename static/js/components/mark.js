/** The lamp of Wardlight: lit in contact, out without; the words stand beside it. */
import { html } from "./html.js";

/** @param {{out?: boolean, big?: boolean}} props */
export default function Mark({ out = false, big = false }) {
  const classes = ["mark", out ? "out" : "", big ? "big" : ""].filter(Boolean).join(" ");
  return html`<svg class=${classes} aria-hidden="true" focusable="false"><use href="#mark" /></svg>`;
}
