import qrcode from '../vendor/qrcode-generator/qrcode.js';

/** The least that readers want around a code, in modules (ISO/IEC 18004, section 9.1). */
const QUIET_MODULES = 4;
const SVG = 'http://www.w3.org/2000/svg';

/** Which modules are dark, row by row. @param {string} text @returns {boolean[][]} */
export function modulesOf(text) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const side = Array.from({ length: code.getModuleCount() }, (_, index) => index);
  return side.map((row) => side.map((column) => code.isDark(row, column)));
}

/** A picture of it, black on white in any colour scheme: many readers want it so. @param {string} text @param {string} label */
export function pictureOf(text, label) {
  const rows = modulesOf(text);
  const size = String(rows.length + 2 * QUIET_MODULES);
  const dark = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z` : '')));
  const picture = shape('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' });
  picture.append(shape('rect', { width: size, height: size, fill: '#fff' }), shape('path', { d: dark.join(''), fill: '#000' }));
  return picture;
}

/** @param {string} name @param {Record<string, string>} attributes */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
