/** SHA-1 in plain JavaScript: uuid5 needs it at once and without a secure context, where WebCrypto is absent. */

/** @param {Uint8Array} bytes @returns {Uint8Array} 20 bytes */
export function sha1(bytes) {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const message = pad(bytes);
  for (let start = 0; start < message.byteLength; start += 64) mix(state, message, start);
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, i) => digest.setUint32(i * 4, word));
  return new Uint8Array(digest.buffer);
}

/** @param {Uint8Array} bytes */
function pad(bytes) {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(size - 4, (bytes.length << 3) >>> 0);
  return view;
}

/** @param {Uint32Array} state @param {DataView} message @param {number} start */
function mix(state, message, start) {
  const w = schedule(message, start);
  let [a, b, c, d, e] = state;
  for (let i = 0; i < 80; i += 1) {
    const [f, k] = round(i, b, c, d);
    const next = (rotate(a, 5) + f + e + k + w[i]) >>> 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, i) => {
    state[i] += word;
  });
}

/** @param {DataView} message @param {number} start */
function schedule(message, start) {
  const w = new Uint32Array(80);
  for (let i = 0; i < 16; i += 1) w[i] = message.getUint32(start + i * 4);
  for (let i = 16; i < 80; i += 1) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  return w;
}

/** @param {number} i @param {number} b @param {number} c @param {number} d @returns {[number, number]} */
function round(i, b, c, d) {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

/** @param {number} word @param {number} by */
const rotate = (word, by) => ((word << by) | (word >>> (32 - by))) >>> 0;
