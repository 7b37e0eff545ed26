/**
 * The back camera as a reader of QR codes. Pictures are looked at here, in this page, and kept nowhere.
 *
 * @typedef {"refused"|"none"|"busy"} Fault  not allowed, there is no camera, another app holds it
 */

import { decodeQR } from "qr/decode.js";

/** Enough for a code of version 20 that fills half the picture; more only costs time. */
const LONGEST_SIDE = 960;
const PAUSE_MS = 60;
const FAULTS = /** @type {Record<string, Fault>} */ ({ NotAllowedError: "refused", SecurityError: "refused", NotReadableError: "busy", AbortError: "busy" });

export class Camera {
  #video;
  #onText;
  #canvas = document.createElement("canvas");
  /** @type {MediaStream|null} */
  #stream = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #stopped = false;

  /** @param {{video: HTMLVideoElement, onText: (text: string) => void}} deps */
  constructor({ video, onText }) {
    this.#video = video;
    this.#onText = onText;
  }

  /** @returns {Promise<Fault|null>} why it does not see anything */
  async start() {
    const devices = globalThis.navigator?.mediaDevices;
    if (!devices?.getUserMedia) return "none";
    try {
      const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      this.#stream = await devices.getUserMedia({ video: wish, audio: false });
      if (this.#stopped) return this.#release();
      this.#video.srcObject = this.#stream;
      await this.#video.play();
      this.#look();
      return null;
    } catch (error) {
      this.#release();
      return FAULTS[error?.name] ?? "none";
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#release();
  }

  #release() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
    return null;
  }

  #look() {
    if (this.#stopped) return;
    const text = this.#read();
    if (text) this.#onText(text);
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  /** @returns {string} what the picture of this moment says, "" for nothing */
  #read() {
    const { videoWidth, videoHeight } = this.#video;
    if (!videoWidth || !videoHeight) return "";
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    Object.assign(this.#canvas, { width, height });
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context?.drawImage(this.#video, 0, 0, width, height);
    const picture = context?.getImageData(0, 0, width, height);
    try {
      return picture ? decodeQR(picture) : "";
    } catch {
      return "";
    }
  }
}
