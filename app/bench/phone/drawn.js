// When an element was first drawn, in ms since the navigation began; false while it is not there.
(selector) => {
  globalThis.wardlightDrawn ??= {};
  const found = globalThis.wardlightDrawn[selector];
  if (found) return found;
  const element = document.querySelector(selector);
  if (element && element.getClientRects().length > 0)
    requestAnimationFrame(() => setTimeout(() => { globalThis.wardlightDrawn[selector] ??= performance.now(); }));
  return false;
}
