/** What the websocket says, and the ticket it needs. */

import { wallMs } from "../lib/clock.js";
import { ApiError } from "../live/api.js";
import { takeHint } from "../live/pull.js";
import { cookieIsOurs } from "./cookie.js";
import { parts } from "./parts.js";
import { replica } from "./replica.js";
import { session } from "./state.js";
import { adopt } from "./signing.js";

const TICKET_MS = 45_000;
const GAP_SPREAD_MS = 500;

/** A ticket that still is good, from the last boot or a new one. @returns {Promise<string|null>} */
export async function ticket() {
  const held = parts.ticket;
  parts.ticket = null;
  if (held && wallMs() - held.at < TICKET_MS) return held.ws_ticket;
  const user = parts.outbox?.user;
  try {
    if (!user || !(await cookieIsOurs())) return null;
    const boot = await parts.api.boot();
    if (!session.value || parts.outbox?.user !== user) return null;
    await adopt(boot);
    parts.ticket = null;
    return boot.ws_ticket ?? null;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** @param {"d"|"app"|"auth"} event @param {any} body */
export function socketEvent(event, body) {
  if (event === "d") void hint(body);
  else if (event === "app" && session.value) session.value = { ...session.value, app: body };
  else if (event === "auth") rightsChanged();
}

/** A hint that cannot be stored is only a hint: asking again brings what it had. @param {any} body */
async function hint(body) {
  const answer = await takeHint(replica, body).catch(() => "pull");
  if (answer === "pull") parts.sync.wakeSoon(GAP_SPREAD_MS);
}

/** Who we are, what we may read and the rooms of the socket are all to be asked again. */
function rightsChanged() {
  parts.boot_due = true;
  parts.ticket = null;
  void parts.sync.wake();
  parts.socket.renew();
}
