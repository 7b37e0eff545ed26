// Milliseconds from each tap until one more row says that it is saved, in globalThis.wardlightTaps.
() => {
  globalThis.wardlightTaps = [];
  let tapped_at = null;
  addEventListener("click", (event) => { tapped_at = event.timeStamp; }, true);
  let saved = document.querySelectorAll(".box--saved").length;
  new MutationObserver(() => {
    const now = document.querySelectorAll(".box--saved").length;
    if (now > saved && tapped_at !== null) {
      globalThis.wardlightTaps.push(performance.now() - tapped_at);
      tapped_at = null;
    }
    saved = now;
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
}
