/** Values that were given in other runs: named with where they come from, and taken over only when somebody says so. */
import { offersOf, type Offer } from '../../../lib/browser/runs.ts';
import { aboutOf } from '../../../lib/core/run/account.ts';
import { otherRing } from '../../../lib/core/run/rings.ts';
import { find, make, say } from '../dom.ts';
import { bookOf, booksWithRuns, knownInputs, withOutlines } from '../outlines.ts';
import type { Context } from './context.ts';
import { box, button, momentWords, quiet, row } from './ui.ts';

interface Offered {
  readonly input: string;
  readonly offer: Offer;
  /** As the field shows it. */
  readonly words: string;
  readonly label: string;
  readonly isEmpty: boolean;
}

/** What belongs to one ring stands apart where the other run was for another one. */
function apartFrom({ page }: Context): Parameters<typeof offersOf>[2] {
  const runbook = page.root.dataset['runbook'] ?? '';
  const own = { ring: bookOf(runbook)?.ring, named: aboutOf(page.store.$state.get()).ring };
  return (input, run) => {
    const inputs = knownInputs();
    if (inputs && !inputs[input]?.perRing) return undefined;
    // Where nothing is known of the others, all that another runbook holds stands apart.
    if (!inputs) return run.runbook === runbook ? undefined : 'from another runbook';
    return otherRing(own, { ring: bookOf(run.runbook)?.ring, named: run.about.ring });
  };
}

/** For each field of this sheet, the value of another run that fits best and is not in it. */
function offeredTo(context: Context, sheet: HTMLElement): Offered[] {
  const { page, log } = context;
  const own = page.store.values();
  return [...offersOf(log, page.store.runId(), apartFrom(context))].flatMap(([input, [offer]]) => {
    const field = find(sheet, `[data-field="${input}"]`);
    if (!field || !offer || (own.get(input) ?? '') === offer.value) return [];
    const choice = find(field, `[value="${CSS.escape(offer.value)}"]`);
    const words = (choice ? (choice.closest('label') ?? choice).textContent?.trim() : undefined) ?? offer.value;
    const label = find(field, 'legend, label, b')?.textContent?.trim() ?? input;
    return [{ input, offer, words, label, isEmpty: !own.get(input) }];
  });
}

/** One line above the sheet, while other runs hold values for its empty fields. */
export function announceOffers(context: Context): void {
  const sheet = find(document, '[data-sheet] form');
  if (!sheet) return;
  // The ring of this runbook is asked for, too, before it has a run of its own.
  const ids = new Set([context.page.root.dataset['runbook'] ?? '', ...booksWithRuns(context.log)]);
  if (offeredTo(context, sheet).length) void withOutlines([...ids], () => paintLine(context, sheet));
  else find(sheet, '.rb-offered')?.remove();
}

function paintLine(context: Context, sheet: HTMLElement): void {
  const empty = offeredTo(context, sheet).filter(({ isEmpty }) => isEmpty);
  const [latest] = empty.map(({ offer }) => offer).sort((a, b) => (a.at < b.at ? 1 : -1));
  let line = find(sheet, '.rb-offered');
  if (!latest) return line?.remove();
  if (!line) {
    line = box(
      'div',
      'rb-offered rb-form rb-screen',
      quiet(),
      row(button('Values from other runs', () => showOffers(context, sheet))),
    );
    sheet.prepend(line);
  }
  const others = new Set(empty.map(({ offer }) => offer.runId)).size > 1 ? ' and others' : '';
  say(
    find(line, 'p'),
    `${empty.length === 1 ? 'A value' : `${empty.length} values`} of “${latest.from}”${others}, ${momentWords(latest.at)}, can be taken over.`,
  );
}

function showOffers(context: Context, sheet: HTMLElement): void {
  const { page, announce } = context;
  const { store } = page;
  const place = find(sheet, '.rb-offered') ?? sheet;
  const shown = find(place, '.rb-offers') ?? place.appendChild(box('div', 'rb-offers rb-form'));

  const use = (chosen: readonly Offered[]): void => {
    const failed = chosen.map(({ input, offer }) => store.setValue(input, offer.value)).find(({ saved }) => !saved);
    paint();
    const what = chosen.length === 1 ? 'It is' : 'They are';
    announce(
      failed && !failed.saved
        ? failed.why
        : `Taken over: ${chosen.length}. ${what} from another run: check before you go on.`,
    );
    (find(shown, 'button') ?? find(sheet, 'input'))?.focus();
  };
  const paint = (): void => {
    const offers = offeredTo(context, sheet);
    const empty = offers.filter(({ isEmpty, offer }) => isEmpty && !offer.apart);
    const lines = offers.map((one) => {
      const each = button('Use', () => use([one]));
      each.setAttribute('aria-label', `Use ${[one.words, one.offer.apart].filter(Boolean).join(' ')} for ${one.label}`);
      const from = `from ${one.offer.from}${one.isEmpty ? '' : '; takes the place of what is entered'}`;
      return make(
        'li',
        {},
        `${one.label}: `,
        make('b', {}, one.words),
        ' ',
        ...(one.offer.apart ? [make('b', {}, one.offer.apart), ', '] : []),
        make('span', { class: 'rb-label' }, from),
        ' ',
        each,
      );
    });
    shown.replaceChildren(
      ...(empty.length > 1
        ? [row(button(`Use all ${empty.length} for the empty fields`, () => use(empty), 'main'))]
        : []),
      offers.length
        ? make('ul', { class: 'rb-history', role: 'list' }, ...lines)
        : quiet('No other run holds a value that is not here already.'),
      button('Close', () => {
        shown.remove();
        announceOffers(context);
        find(sheet, 'button, input')?.focus();
      }),
    );
  };
  paint();
  find(shown, 'button')?.focus();
}
