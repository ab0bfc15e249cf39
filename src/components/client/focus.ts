/** Where the focus goes when what has it goes away: never to nowhere. */
import { find, findAll } from './dom.ts';

const isSeen = (element: Element | null | undefined): element is HTMLElement =>
  element instanceof HTMLElement && element !== document.body && element.isConnected && element.checkVisibility();

/** What stands first where work goes on: the bar of a runbook, or the text of another page. */
const start = (): HTMLElement | undefined =>
  find(document, '[data-next]') ?? findAll(document, '#main :is(a[href], button)').find(isSeen);

/**
 * Carries out what may take away the element that has the focus, within a place, and then puts the focus on what stands in
 * for it.
 */
export function keepFocus(place: HTMLElement, act: () => void, standIn: () => HTMLElement | undefined): void {
  const hadFocus = place.contains(document.activeElement);
  act();
  if (hadFocus && !isSeen(document.activeElement)) standIn()?.focus({ preventScroll: true });
}

/** Fills a list anew; the focus stays on the line about the same thing, though its button may have another word now. */
export function refill(place: HTMLElement, ...children: (Node | string)[]): void {
  const about = (element: Element | null): string | undefined =>
    element?.getAttribute('aria-label')?.replace(/^[^:]*: /, '');
  const words = about(document.activeElement);
  keepFocus(
    place,
    () => place.replaceChildren(...children),
    () => findAll(place, '[aria-label]').find((element) => about(element) === words) ?? find(place, 'button, a'),
  );
}

/**
 * For what stands aside of the text: it gives the focus back to where it came from.
 *
 * @returns Takes it away.
 */
export function comesBack(place: HTMLElement): () => void {
  let from: EventTarget | null = null;
  place.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !place.contains(relatedTarget)) from = relatedTarget;
  });
  return () =>
    keepFocus(
      place,
      () => place.remove(),
      () => (from instanceof Element && isSeen(from) ? from : start()),
    );
}
