/** Whether a session or a room may be called so (PROTOCOL.md, "Framing"). @param {string} value */
export function isId(value) {
  const isPlain = !/[\p{Cc}\p{Cs}]/u.test(value);
  return value.length >= 1 && value.length <= 128 && isPlain && value !== '__proto__';
}
