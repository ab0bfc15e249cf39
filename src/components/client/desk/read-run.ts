/** A run as it was kept, to be read and not to be changed: drawn from its entries alone, without its runbook. */
import { aboutOf, describeEvent, eventsOf, minutesSpent } from '../../../lib/core/run/account.ts';
import { dataAddress } from '../../../lib/core/run/base64.ts';
import { fold, gateOf, isDone, tickOf, type RunState } from '../../../lib/core/run/fold.ts';
import { recordedOutline, type OutlineItem } from '../../../lib/core/run/outline.ts';
import type { SaveFile } from '../../../lib/core/run/save-file.ts';
import { make } from '../dom.ts';
import { knownInputs, withOutlines } from '../outlines.ts';
import { box, line, momentWords, quiet } from './ui.ts';

/** How an item stands, in words. */
function standingWords(state: RunState, { id, kind }: OutlineItem): string {
  if (kind === 'gate') {
    const last = state.gates.get(id)?.standing.at(-1);
    const by = last ? `, by ${last.by}, ${momentWords(last.at)}` : '';
    return { undecided: 'Not decided', go: `Go${by}`, 'no-go': `No-go${by}`, conflict: 'Go and no-go: not settled' }[
      gateOf(state, id)
    ];
  }
  const tick = tickOf(state, id);
  if (tick) return `Done, ${tick.by}, ${momentWords(tick.at)}`;
  const away = state.steps.get(id)?.notApplicable;
  return away?.data.reason ? `Does not apply: ${away.data.reason}` : 'Open';
}

type Pictures = SaveFile['pictures'];

/** An input by its label, and a choice by its words, where this site knows them. */
function valueWords(input: string, value: string): readonly [name: string, words: string] {
  const known = knownInputs()?.[input];
  return [known?.label ?? input, known?.options?.find((option) => option.value === value)?.label ?? value];
}

function itemLine(state: RunState, item: OutlineItem, pictures: Pictures): HTMLElement {
  const { id, number, label, kind } = item;
  const minutes = minutesSpent(state, id);
  const kept = (state.steps.get(id)?.history ?? []).filter(
    (event) =>
      (event.kind === 'note' || event.kind === 'evidence' || event.kind === 'seen') && !state.gone.has(event.id),
  );
  const sign = isDone(state, id) || gateOf(state, id) === 'go' ? '[x]' : '[ ]';
  return make(
    'li',
    {},
    make('code', {}, sign),
    ` ${kind === 'criterion' ? '' : number} ${label} `,
    make('b', {}, standingWords(state, item)),
    minutes ? `, ${minutes} min` : '',
    ...kept.flatMap((event) => {
      const data: Readonly<Record<string, unknown>> = 'data' in event ? event.data : {};
      const text = [data['name'], data['value'], data['text']].filter((part) => typeof part === 'string').join('\n');
      const words = make(
        'pre',
        { class: 'rb-mark' },
        `${describeEvent(event)}${text.includes('\n') ? `\n${text}` : ''}`,
      );
      const picture = event.kind === 'evidence' ? event.data.picture : undefined;
      const bytes = picture && pictures.get(picture.sha256);
      if (!picture || !bytes) return [words];
      // As text in the page, because the page may load pictures from nowhere but itself.
      const src = dataAddress(bytes, picture.type);
      return [
        words,
        make('div', { class: 'rb-pictures' }, make('img', { src, alt: text || 'Picture kept as evidence' })),
      ];
    }),
  );
}

/** Everything a run holds, as a document. */
export function drawRun(
  state: RunState,
  runbook: { readonly title: string; readonly revision: string },
  pictures: Pictures = new Map(),
): HTMLElement {
  const outline = recordedOutline(state);
  const { title, change, site, ring } = aboutOf(state);
  const facts = [
    ['Runbook', `${runbook.title}, revision ${runbook.revision}`],
    ['Title', title],
    ['Change', change],
    ['Site', site],
    ['Ring', ring],
    ['Begun', state.started && `${momentWords(state.started.at)}, ${state.started.by}, tier ${state.started.tier}`],
    [
      'Finished',
      state.finished.at(-1) && `${momentWords(state.finished.at(-1)?.at ?? '')}, ${state.finished.at(-1)?.by ?? ''}`,
    ],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  const steps = outline
    ? outline.tasks.flatMap((name, index) => [
        make('h3', {}, `${index + 1} ${name}`),
        make(
          'ul',
          { class: 'rb-history', role: 'list' },
          ...outline.items.filter(({ task }) => task === index).map((item) => itemLine(state, item, pictures)),
        ),
      ])
    : [quiet('This run does not hold the wording of its steps; their names stand in the history.')];
  const values = [...state.values].filter(([, { value }]) => value !== '');
  return box(
    'div',
    'rb-read',
    make('h2', {}, title ?? runbook.title),
    quiet('Shown as it was kept. It cannot be changed here.'),
    make(
      'dl',
      { class: 'rb-book__facts' },
      ...facts.map(([name, words]) => make('div', {}, make('dt', {}, name), make('dd', {}, words))),
    ),
    ...steps,
    make('h3', {}, 'Values'),
    values.length
      ? make(
          'ul',
          {},
          ...values.map(([input, { value }]) => {
            const [name, words] = valueWords(input, value);
            return make('li', {}, `${name}: `, make('code', {}, words));
          }),
        )
      : quiet('No values were entered.'),
    make('h3', {}, 'History'),
    make(
      'ol',
      { class: 'rb-history', role: 'list' },
      ...eventsOf(state)
        .filter(({ kind }) => kind !== 'outline')
        .map((event) =>
          make('li', {}, make(state.gone.has(event.id) ? 's' : 'span', {}, describeEvent(event, outline))),
        ),
    ),
  );
}

/** Draws a save file in `place`. */
export function readRun(file: SaveFile, place: HTMLElement): void {
  // With the names of inputs, where the site has them.
  void withOutlines([], () => {
    const drawn = drawRun(fold(file.events), file.runbook, file.pictures);
    if (file.missingPictures.length)
      drawn.append(line(`${file.missingPictures.length} pictures are named in this file but not in it.`));
    place.querySelector('.rb-read')?.remove();
    place.append(drawn);
    drawn.tabIndex = -1;
    drawn.focus({ preventScroll: true });
  });
}
