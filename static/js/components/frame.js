/** The frame of a phone screen: who and how fresh above, the screen, the four entries below. */
import NoRole from "../phone/no_role.js";
import { me } from "../store/view.js";
import Alone from "./alone.js";
import { html } from "./html.js";
import Nav from "./nav.js";
import Tape from "./tape.js";
import Toast from "./toast.js";
import Top from "./top.js";

/** @param {{alone?: boolean, children?: any}} props `alone` false: the screen puts the striped bar into its own sticky part */
export default function Frame({ alone = true, children }) {
  if (me.value.roles.length === 0 && me.value.units.length === 0) return html`<${NoRole} />`;
  return html`<${Tape} /><${Top} />${alone && html`<${Alone} />`}${children}<${Toast} /><${Nav} />`;
}
