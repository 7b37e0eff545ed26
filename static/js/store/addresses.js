/** The person's own addresses; they live on the server, the row `address` shows them here. */
import { tryNow } from "./actions.js";
import { parts } from "./parts.js";

/** @param {{email: string, mobile: string}} addresses rejects with `{code, msg}` */
export async function keepAddresses(addresses) {
  await parts.api.keepAddresses(addresses);
  await tryNow();
}
