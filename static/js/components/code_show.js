/** Codes for another phone's camera: one that stands still, or several that take turns, which can be held and turned by hand. */
import { useEffect, useState } from "preact/hooks";

import { t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import QrCode from "./qr_code.js";

const TURN_MS = 450;

/** @param {{lines: string[], label: string}} props */
export default function CodeShow({ lines, label }) {
  const [at, setAt] = useState(0);
  const [held, setHeld] = useState(wantsStillness);
  const many = lines.length > 1;
  useEffect(() => {
    if (!many || held) return undefined;
    const timer = setInterval(() => setAt((before) => (before + 1) % lines.length), TURN_MS);
    return () => clearInterval(timer);
  }, [many, held, lines]);
  const turn = (/** @type {number} */ by) => setAt((at + by + lines.length) % lines.length);
  const shown = Math.min(at, lines.length - 1);
  return html`<div class="codes">
    <${QrCode} line=${lines[shown]} label=${many ? `${label}, ${t("code {n} of {of}", { n: shown + 1, of: lines.length })}` : label} />
    ${many && html`<div class="codes__turn">
      <button type="button" class="btn btn--square" aria-label=${t("Code before")} onClick=${() => turn(-1)}><${Icon} name="back" turns=${true} /></button>
      <p>${t("{n} of {of}", { n: shown + 1, of: lines.length })}</p>
      <button type="button" class="btn btn--square" aria-label=${t("Next code")} onClick=${() => turn(1)}><${Icon} name="chevron" turns=${true} /></button>
      <button type="button" class="btn" onClick=${() => setHeld(!held)}>${held ? t("Let them take turns") : t("Hold still")}</button>
    </div>`}
  </div>`;
}

const wantsStillness = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
