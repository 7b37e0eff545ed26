/** Reads another phone's codes with the camera, or from a file, and says how far it is. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { addFrame, bytesOf, isComplete, missingParts } from "../lib/frames.js";
import { t } from "../lib/text.js";
import { Camera } from "../live/camera.js";
import { took } from "../store/carrying.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Note from "./note.js";

/** @typedef {import("../store/carrying.js").Took} Took */
/** @typedef {import("../lib/frames.js").Gathered} Gathered */
const LARGEST_FILE_BYTES = 200_000;

/** @param {{onTook: (took: Took) => void, open?: boolean}} props what came of each code that was read whole; `open`: the camera looks at once */
export default function Scanner({ onTook, open = false }) {
  const [looking, setLooking] = useState(open);
  const [fault, setFault] = useState("");
  const { gathered, read } = useFrames(onTook);
  const failed = useCallback((/** @type {string} */ why) => (setFault(why), setLooking(false)), []);
  const openFile = async (/** @type {any} */ event) => {
    const [file] = event.target.files ?? [];
    const text = !file || file.size > LARGEST_FILE_BYTES ? "" : await file.text();
    event.target.value = "";
    if (file) onTook(await tookWhole(text.split("\n").reduce(addFrame, /** @type {Gathered|null} */ (null))));
  };
  return html`<div class="scanner">
    ${looking && html`<${Eye} onText=${read} onFault=${failed} />`}
    ${gathered && !isComplete(gathered) && html`<p class="scanner__count" role="status"><b>${t("{n} of {of}", { n: gathered.parts.size, of: gathered.of })}</b> ${t("Keep the camera there. Still missing: {parts}.", { parts: missingParts(gathered).slice(0, 6).join(", ") })}</p>`}
    ${fault && html`<${Note} icon="refused" tone="late" role="alert">${FAULT_WORDS[fault]()}<//>`}
    <button type="button" class=${looking ? "btn btn--wide" : "btn btn--main btn--wide"} onClick=${() => (setFault(""), setLooking(!looking))}><${Icon} name="qr" />${looking ? t("Close the camera") : t("Open the camera")}</button>
    <label class="btn btn--wide scanner__file"><${Icon} name="arrived" /><span>${t("Read from a file")}</span><input type="file" class="sr" accept=".wardlight,text/plain" onChange=${openFile} /></label>
  </div>`;
}

/** @type {Record<string, () => string>} */
const FAULT_WORDS = {
  refused: () => t("The camera is not allowed. Allow it for this page in the browser’s settings, or use a file."),
  none: () => t("No camera was found on this device. Use a file."),
  busy: () => t("The camera is used by another app. Close that one and try again."),
};

/** The picture the camera sees. @param {{onText: (text: string) => void, onFault: (why: string) => void}} props */
export function Eye({ onText, onFault }) {
  const video = useRef(/** @type {HTMLVideoElement|null} */ (null));
  useEffect(() => {
    const camera = new Camera({ video: /** @type {HTMLVideoElement} */ (video.current), onText });
    camera.start().then((why) => why && onFault(why));
    return () => camera.stop();
  }, [onText, onFault]);
  return html`<video ref=${video} class="scanner__eye" playsinline muted aria-label=${t("What the camera sees")}></video>`;
}

/** What comes of a set of parts. @param {Gathered|null} gathered @returns {Promise<Took>} */
async function tookWhole(gathered) {
  try {
    if (gathered && isComplete(gathered)) return await took(gathered.kind, await bytesOf(gathered));
  } catch {
    // What cannot be put together again was altered on the way, or is cut.
  }
  return { kind: gathered?.kind ?? "E", st: "altered" };
}

/** Gathers parts until a set is whole. @param {(took: Took) => void} onTook */
function useFrames(onTook) {
  const [gathered, show] = useState(/** @type {Gathered|null} */ (null));
  const held = useRef(gathered);
  const done = useRef("");
  const tell = useRef(onTook);
  tell.current = onTook;
  const read = useCallback((/** @type {string} */ line) => {
    const next = addFrame(held.current, line);
    if (!next || next === held.current) return;
    show((held.current = next));
    if (!isComplete(next) || done.current === next.check) return;
    done.current = next.check;
    void tookWhole(next).then((result) => tell.current(result));
  }, []);
  return { gathered, read };
}
