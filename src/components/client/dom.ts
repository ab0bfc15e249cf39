/** Finding elements, with the types that the page's scripts rely on. */

export const find = (root: ParentNode, selector: string): HTMLElement | undefined =>
  root.querySelector<HTMLElement>(selector) ?? undefined;

export const findAll = (root: ParentNode, selector: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
];

/** An element with text, attributes and children; text is always text. */
export function make(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Sets a text that differs: the same one again would be laid out anew, for nothing. */
export function say(element: HTMLElement | undefined, words: string): void {
  if (element && element.textContent !== words) element.textContent = words;
}

/** Does something once the next frame is painted, so that the frame need not wait for it. */
export const afterFrame = (act: () => void): void => void requestAnimationFrame(() => setTimeout(act));

/** Brings a step into view and puts the focus on its box. */
export function goTo(element: HTMLElement | undefined): void {
  const target = element && (find(element, '.rb-box') ?? find(element, 'button'));
  // The box and not the step, which may be higher than the window.
  (target ?? element)?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
