/**
 * The six characters that name a sheet of paper (ADR 35): five say which, the sixth checks them, so that a mistyped
 * code is never another sheet's. Pure; app/plans/sheet_code.py says the same.
 */
import { sha1 } from "./sha1.js";

/** Without 0, O, 1 and I. */
export const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 6;
const FIELD = 0b100101;

/** A card printed before anything happened. @param {{unit: string, plan: string, role: string, version: string}} sheet */
export const cardCode = ({ unit, plan, role, version }) => codeOf(`card|${unit}|${plan}|${role}|${version}`);

/** A card printed while its incident ran. @param {{incident: string, unit: string, role: string}} sheet */
export const incidentCardCode = ({ incident, unit, role }) => codeOf(`incident|${incident}|${unit}|${role}`);

/** A unit's empty log sheet. @param {string} unit */
export const logCode = (unit) => codeOf(`log|${unit}`);

/** A unit's poster. @param {string} unit */
export const posterCode = (unit) => codeOf(`poster|${unit}`);

/** @param {string} identity */
export function codeOf(identity) {
  const bits = new DataView(sha1(new TextEncoder().encode(identity)).buffer).getUint32(0) >>> 7;
  const values = [20, 15, 10, 5, 0].map((shift) => (bits >>> shift) & 31);
  return [...values, checkOf(values)].map((value) => ALPHABET[value]).join("");
}

/**
 * What was typed or scanned: a code, or an address that ends with one.
 * @param {string} text
 * @returns {{code: string, fault: ""|"length"|"letters"|"check"}} a code with a fault is none
 */
export function typedCode(text) {
  const code = (text.split(/[?#]/)[0].split("/").pop() ?? "").replace(/[\s-]/g, "").toUpperCase();
  if (code.length !== LENGTH) return { code, fault: "length" };
  const values = [...code].map((letter) => ALPHABET.indexOf(letter));
  if (values.includes(-1)) return { code, fault: "letters" };
  return { code, fault: checkOf(values.slice(0, -1)) === values.at(-1) ? "" : "check" };
}

/** K7M 4QX: as it is printed and read aloud. @param {string} code */
export const spaced = (code) => `${code.slice(0, 3)} ${code.slice(3)}`;

/** @param {number[]} values */
function checkOf(values) {
  let weight = 1;
  return values.reduce((sum, value) => sum ^ times((weight = times(weight, 2)), value), 0);
}

/** The product in the field of 32 elements. @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (; b > 0; b >>= 1) {
    if (b & 1) product ^= a;
    a = a & 16 ? (a << 1) ^ FIELD : a << 1;
  }
  return product;
}
