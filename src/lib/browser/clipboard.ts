/** Copying on every page: over https, over plain http, and from a file. */

/**
 * Puts `text` on the clipboard. Where the page may not (the clipboard API is missing on plain http), it tries the
 * older way, and failing that selects the text of `fallback` for the reader to copy by hand.
 *
 * @returns `selected` when the reader still has to press Ctrl+C: say so.
 */
export async function copyText(text: string, fallback: Element): Promise<'copied' | 'selected'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return copyBySelection(text) ? 'copied' : select(fallback);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  // Fixed, so that focusing it does not scroll the page.
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Inside an open modal dialog nothing outside it can take the focus.
  (before?.closest('dialog') ?? document.body).append(area);
  try {
    area.select();
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}

function select(element: Element): 'selected' {
  getSelection()?.selectAllChildren(element);
  return 'selected';
}
