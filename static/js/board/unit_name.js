/** A unit's name that opens what is known of it. */
import { signal } from "@preact/signals";

import { html } from "../components/html.js";

/** The unit whose details are open. */
export const openUnit = signal("");

/** Looks like the name in the table, as tall as a thumb. */
const NAME = { display: "grid", alignContent: "center", minBlockSize: "var(--target)", inlineSize: "100%", fontSize: "var(--text-md)", fontWeight: 700, lineHeight: 1.2 };

/** @param {{line: import("../lib/board_rules.js").UnitLine}} props */
export const UnitName = ({ line }) =>
  html`<button type="button" style=${NAME} aria-haspopup="dialog" onClick=${() => void (openUnit.value = line.id)}>${line.name}</button>`;
