/** A time of day, readable by people and machines. */
import { clockTime } from "../lib/format.js";
import { html } from "./html.js";

/** @param {{at: string|number|null|undefined}} props */
export default function ClockTime({ at }) {
  const words = clockTime(at);
  return words ? html`<time dateTime=${new Date(at ?? 0).toISOString()}>${words}</time>` : null;
}
