/** A QR code: dark on light in every theme, as cameras expect it, with the quiet rim it needs. */
import { encodeQR } from "qr";

import { html } from "./html.js";

const RIM = 4;

/** @param {{line: string, label: string}} props */
export default function QrCode({ line, label }) {
  const rows = encodeQR(line, "raw", { ecc: "medium", border: RIM });
  return html`<svg class="qr" role="img" aria-label=${label} viewBox=${`0 0 ${rows.length} ${rows.length}`} shape-rendering="crispEdges">
    <rect class="qr__light" width="100%" height="100%" /><path class="qr__dark" d=${rows.map(pathOf).join("")} />
  </svg>`;
}

/** The dark stretches of a row. @param {boolean[]} row @param {number} y */
function pathOf(row, y) {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
  }
  return path;
}
