/** Two rising tones for a new number. A browser lets a page sound only after somebody has touched it. */
const TONES_HZ = [660, 880];
const TONE_S = 0.35;
const LOUD = 0.4;

/** @type {AudioContext|null} */
let audio = null;

/** Called from a tap. @returns {Promise<boolean>} whether it can be heard now */
export async function allowTone() {
  audio ??= new AudioContext();
  await audio.resume();
  return audio.state === "running";
}

export function playTone() {
  if (audio?.state !== "running") return;
  const begin = audio.currentTime;
  TONES_HZ.forEach((hertz, i) => oneTone(/** @type {AudioContext} */ (audio), hertz, begin + i * TONE_S));
}

/** @param {AudioContext} context @param {number} hertz @param {number} at seconds */
function oneTone(context, hertz, at) {
  const sound = context.createOscillator();
  const volume = context.createGain();
  sound.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + TONE_S);
  sound.connect(volume).connect(context.destination);
  sound.start(at);
  sound.stop(at + TONE_S);
}
