/** What this device says of itself. */

import { parts } from "./parts.js";

export const ownDevice = () => ({ id: parts.device, label: deviceLabel(), platform: platform() });

function platform() {
  const { userAgentData, platform: name } = /** @type {any} */ (globalThis.navigator ?? {});
  return String(userAgentData?.platform || name || "unknown");
}

/** What an administrator reads in the list of devices. */
function deviceLabel() {
  const agent = globalThis.navigator?.userAgent ?? "";
  const browser = ["Firefox", "Edg", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "Browser";
  return `${browser === "Edg" ? "Edge" : browser}, ${platform()}`;
}
