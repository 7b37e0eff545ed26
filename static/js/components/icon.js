/** A drawing of the sprite that lies in the shell. Beside a word it is silent to a screen reader; it is never alone. */
import { html } from "./html.js";

/** @param {{name: string, size?: ""|"s"|"xs"|"l", turns?: boolean}} props `turns` mirrors it where people read from the right */
export default function Icon({ name, size = "", turns = false }) {
  const classes = ["icon", size, turns ? "turns" : ""].filter(Boolean).join(" ");
  return html`<svg class=${classes} aria-hidden="true" focusable="false"><use href=${`#i-${name}`} /></svg>`;
}
