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

/** Brings a step into view and puts the focus on its box. */
export function goTo(element: HTMLElement | undefined): void {
  const target = element && (find(element, '.rb-box') ?? find(element, 'button'));
  element?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
