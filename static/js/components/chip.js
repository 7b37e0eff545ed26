/** A state in one icon and its words. */
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{icon?: string, tone?: ""|"record"|"late"|"way"|"help"|"exercise"|"saved", plain?: boolean, size?: ""|"s"|"xs", children?: any}} props */
export default function Chip({ icon, tone = "", plain = false, size = "s", children }) {
  const classes = ["chip", plain ? "chip--plain" : "", tone ? `chip--${tone}` : ""].filter(Boolean).join(" ");
  return html`<span class=${classes}>${icon && html`<${Icon} name=${icon} size=${size} />`}<span>${children}</span></span>`;
}
