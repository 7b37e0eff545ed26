/** A pause in long work: what the finger did meanwhile is answered before it goes on. */

/** @returns {Promise<void>} resolves in a task of its own, also in a page that nobody sees, whose timers wait for a second */
export function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
