/** Copies a text that the page shows. @param {string} text @param {Element} shown what holds it @returns {Promise<boolean>} whether it is copied */
export async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Only pages from https or localhost may write to the clipboard like that.
    getSelection()?.selectAllChildren(shown);
    return document.execCommand('copy');
  }
}
