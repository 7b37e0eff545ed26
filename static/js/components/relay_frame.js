/** The frame of the screens that pass things from phone to phone. */
import Alone from "./alone.js";
import Crumb from "./crumb.js";
import { t } from "../lib/text.js";
import { html } from "./html.js";
import Nav from "./nav.js";
import Tape from "./tape.js";
import Toast from "./toast.js";

/** @param {{children?: any}} props */
export default function RelayFrame({ children }) {
  return html`<${Tape} /><${Crumb} href="/app/more" words=${t("More")} /><${Alone} pass=${false} />
    <main class="phone__main" id="main">${children}</main><${Toast} /><${Nav} />`;
}
