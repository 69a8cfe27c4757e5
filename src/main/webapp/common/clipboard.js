/** Copies a text. @param {string} text @param {Element} [shown] what holds it, where the page shows it @returns {Promise<boolean>} whether it is copied */
export async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Only pages from https or localhost may write to the clipboard like that.
    if (!shown) return false;
    getSelection()?.selectAllChildren(shown);
    return document.execCommand('copy');
  }
}
