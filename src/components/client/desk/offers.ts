/** Values that were given in other runs: shown with where they come from, and taken over only when somebody says so. */
import { offersOf } from '../../../lib/browser/runs.ts';
import { find, make } from '../dom.ts';
import type { Context } from './context.ts';
import { box, button, quiet, row } from './ui.ts';

export function showOffers(context: Context, place: HTMLElement): void {
  const { page, log, announce } = context;
  const { store } = page;
  const shown = find(place, '.rb-offers') ?? place.appendChild(box('div', 'rb-offers rb-form'));

  const paint = (): void => {
    const own = store.values();
    const offers = [...offersOf(log, store.runId())].flatMap(([input, [offer]]) => {
      const field = find(place, `[data-field="${input}"]`);
      if (!field || !offer || (own.get(input) ?? '') === offer.value) return [];
      const choice = find(field, `[value="${CSS.escape(offer.value)}"]`);
      const words = choice ? (choice.closest('label') ?? choice).textContent?.trim() : offer.value;
      return [
        {
          input,
          offer,
          words: words ?? offer.value,
          label: find(field, 'legend, label, b')?.textContent?.trim() ?? input,
          isEmpty: !own.get(input),
        },
      ];
    });
    const empty = offers.filter(({ isEmpty }) => isEmpty);
    const use = (chosen: typeof offers): void => {
      const failed = chosen.map(({ input, offer }) => store.setValue(input, offer.value)).find(({ saved }) => !saved);
      paint();
      const words = `${chosen.length} ${chosen.length === 1 ? 'value' : 'values'} taken over. Check ${chosen.length === 1 ? 'it' : 'them'} before you go on.`;
      announce(failed && !failed.saved ? failed.why : words);
      (find(shown, 'button') ?? find(place, 'input'))?.focus();
    };
    shown.replaceChildren(
      ...(offers.length === 0
        ? [quiet('No other run holds a value that is not here already.')]
        : [
            ...(empty.length > 1
              ? [row(button(`Use all ${empty.length} for the empty fields`, () => use(empty), 'main'))]
              : []),
            make(
              'ul',
              { class: 'rb-history', role: 'list' },
              ...offers.map((one) => {
                const each = button('Use', () => use([one]));
                each.setAttribute('aria-label', `Use ${one.words} for ${one.label}`);
                return make(
                  'li',
                  {},
                  `${one.label}: `,
                  make('b', {}, one.words),
                  ' ',
                  make(
                    'span',
                    { class: 'rb-label' },
                    `from ${one.offer.from}${one.isEmpty ? '' : '; takes the place of what is entered'}`,
                  ),
                  ' ',
                  each,
                );
              }),
            ),
          ]),
      button('Close', () => {
        shown.remove();
        find(place, '.rb-offers-open')?.focus();
      }),
    );
  };
  paint();
  find(shown, 'button')?.focus();
}
