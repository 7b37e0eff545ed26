/**
 * Whether an answer to /api/ping is our server's own: a hotspot's sign-in page answers too.
 *
 * @param {unknown} body
 */
export function isOurs(body) {
  return typeof body === "object" && body !== null && "wardlight" in body && typeof body.wardlight === "string";
}
