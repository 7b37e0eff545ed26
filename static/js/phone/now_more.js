/** The parts of Now that come right after the first screen: my position of command, what to do instead of what is down. */
import { html } from "../components/html.js";
import InsteadSheet from "./instead_sheet.js";
import PositionSheet from "./position_sheet.js";

/** @param {{incident: import("../lib/types.js").ViewRow}} props */
export default function NowMore({ incident }) {
  return html`<${PositionSheet} incident=${incident} /><${InsteadSheet} incident=${incident} />`;
}
