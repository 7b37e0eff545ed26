/** Words between the tabs of this device. Without BroadcastChannel a tab is simply alone. */

const NAME = "wardlight";

/**
 * @typedef {{kind: string, [key: string]: any}} Message
 * @typedef {{post: (message: Message) => void, listen: (hear: (message: Message) => void) => void, close: () => void}} Channel
 */

/** @param {string} [name] @returns {Channel} */
export function openChannel(name = NAME) {
  if (typeof BroadcastChannel === "undefined") return { post() {}, listen() {}, close() {} };
  const channel = new BroadcastChannel(name);
  let open = true;
  return {
    post: (message) => {
      if (open) channel.postMessage(message);
    },
    listen: (hear) => channel.addEventListener("message", (event) => hear(event.data)),
    close: () => {
      open = false;
      channel.close();
    },
  };
}
