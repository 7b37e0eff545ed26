/**
 * A poor scanner: pages (PNG files) become grey, lie a little askew and get noise, then the app's own decoder reads
 * them. The noise is drawn from a fixed seed, so a page that can be read can be read in every run.
 * Usage: node scan_pages.js page.png ... ; prints a JSON list with what each page's code says, "" for none.
 */
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

import { decodeQR } from "qr/decode.js";

const NOISE = 40; // of 255, either way
const ASKEW = [0.9, -1.3, 0.5]; // degrees

/** @param {Buffer} file an 8-bit RGB or RGBA picture without interlace */
function pictureOf(file) {
  const [width, height, colour] = [file.readUInt32BE(16), file.readUInt32BE(20), file[25]];
  const parts = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return { width, height, pixels: unfiltered(inflateSync(Buffer.concat(parts)), width, height, colour === 6 ? 4 : 3), step: colour === 6 ? 4 : 3 };
}

/** @param {Buffer} raw @param {number} width @param {number} height @param {number} step */
function unfiltered(raw, width, height, step) {
  const line = width * step;
  const out = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const left = x >= step ? out[y * line + x - step] : 0;
      const up = y > 0 ? out[(y - 1) * line + x] : 0;
      const corner = x >= step && y > 0 ? out[(y - 1) * line + x - step] : 0;
      out[y * line + x] = raw[y * (line + 1) + 1 + x] + [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter];
    }
  }
  return out;
}

/** @param {number} a @param {number} b @param {number} c */
function nearest(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Numbers from 0 to 1, the same in every run. @param {number} seed */
function drawn(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {ReturnType<typeof pictureOf>} page @param {number} degrees @param {() => number} random */
function scanned({ width, height, pixels, step }, degrees, random) {
  const data = new Uint8ClampedArray(width * height * 4);
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const [fx, fy] = [Math.round(cos * dx + sin * dy + width / 2), Math.round(cos * dy - sin * dx + height / 2)];
      const at = (fy * width + fx) * step;
      const inside = fx >= 0 && fy >= 0 && fx < width && fy < height;
      const grey = inside ? (pixels[at] * 0.3 + pixels[at + 1] * 0.59 + pixels[at + 2] * 0.11) * 0.8 + 25 : 225;
      const seen = grey + (random() * 2 - 1) * NOISE;
      data.fill(seen, (y * width + x) * 4, (y * width + x) * 4 + 3);
      data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return { width, height, data };
}

const said = process.argv.slice(2).map((path, number) => {
  const picture = scanned(pictureOf(readFileSync(path)), ASKEW[number % ASKEW.length], drawn(number + 1));
  try {
    return decodeQR(picture);
  } catch {
    return "";
  }
});
process.stdout.write(JSON.stringify(said));
