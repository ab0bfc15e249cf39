/** What opening a save file would change, before it changes anything. */
import { handOverOf, namesIn } from './account.ts';
import { writeEvent, type Event, type EventOf } from './event.ts';
import { fold, gateOf, isSettled, valueOf } from './fold.ts';
import { mergeEvents } from './merge.ts';
import { recordedOutline, type Outline } from './outline.ts';
import type { SaveFile } from './save-file.ts';
import { clockOf, dayOf } from './time.ts';

export interface ImportPreview {
  /** Whether this browser has the run already. */
  readonly isHere: boolean;
  /** Whether the file brings nothing new. */
  readonly isSame: boolean;
  /** What would be added, in order. */
  readonly arriving: readonly Event[];
  readonly alreadyHere: number;
  /** Entries that the file lacks: somebody went on here. They stay. */
  readonly onlyHere: number;
  /** Whose entries would be added. */
  readonly people: readonly { readonly by: string; readonly tier: number; readonly count: number }[];
  /** Steps and criteria that would be settled, or open again. */
  readonly nowDone: readonly string[];
  readonly nowOpen: readonly string[];
  readonly valuesChanged: readonly { readonly input: string; readonly from: string; readonly to: string }[];
  /** Gates at which go and no-go would both stand. */
  readonly conflicts: readonly string[];
  /** A hand-over that waits for somebody to accept it. */
  readonly handOver?: EventOf<'hand-over'> | undefined;
  /** Pictures that are part of the run and not in the file. */
  readonly missingPictures: number;
  /** The same in sentences. */
  readonly lines: readonly string[];
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/**
 * @param local The events of this run that are here; nothing or none where it is not.
 * @param outline The runbook as it reads here; without it, steps are named as the run remembers them.
 */
export function previewImport(local: readonly Event[] | undefined, file: SaveFile, outline?: Outline): ImportPreview {
  const here = local ?? [];
  const texts = new Set(here.map(writeEvent));
  const arriving = file.events.filter((event) => !texts.has(writeEvent(event)));
  const before = fold(here);
  const after = fold(mergeEvents(here, file.events));
  const steps = [...after.steps.keys()];
  const nowDone = steps.filter((id) => isSettled(after, id) && !isSettled(before, id));
  const nowOpen = steps.filter((id) => !isSettled(after, id) && isSettled(before, id));
  const valuesChanged = [...after.values.keys()]
    .map((input) => ({ input, from: valueOf(before, input), to: valueOf(after, input) }))
    .filter(({ from, to }) => from !== to);
  const conflicts = [...after.gates.keys()].filter(
    (gate) => gateOf(after, gate) === 'conflict' && gateOf(before, gate) !== 'conflict',
  );
  const isHere = here.length > 0;
  const alreadyHere = file.events.length - arriving.length;
  const onlyHere = texts.size - alreadyHere;
  const handOver = handOverOf(after).open;
  const preview = {
    isHere,
    isSame: arriving.length === 0,
    arriving,
    alreadyHere,
    onlyHere,
    people: peopleOf(arriving),
    nowDone,
    nowOpen,
    valuesChanged,
    conflicts,
    handOver,
    missingPictures: file.missingPictures.length,
  };
  return { ...preview, lines: linesFor(preview, file, outline ?? recordedOutline(after)) };
}

function peopleOf(events: readonly Event[]): ImportPreview['people'] {
  const groups = Map.groupBy(events, ({ by, tier }) => `${tier} ${by}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first ? [{ by: first.by, tier: first.tier, count: own.length }] : [];
  });
}

function linesFor(preview: Omit<ImportPreview, 'lines'>, file: SaveFile, outline: Outline | undefined): string[] {
  const { arriving, people, nowDone, nowOpen, valuesChanged, conflicts, handOver } = preview;
  const nameOf = namesIn(outline);
  const named = (ids: readonly string[]): string => {
    const names = ids.slice(0, 8).map(nameOf).join(', ');
    return ids.length > 8 ? `${names} and ${ids.length - 8} more` : names;
  };
  const last = file.events.at(-1);
  const until = last ? `, up to ${dayOf(last.at)} ${clockOf(last.at)}` : '';
  if (preview.isSame) {
    const more =
      preview.onlyHere > 0 ? ` ${counted(preview.onlyHere, 'entry', 'entries')} here that the file lacks.` : '';
    return [
      `This file brings nothing new: all its ${counted(file.events.length, 'entry', 'entries')} are here already.${more}`,
    ];
  }
  return [
    preview.isHere
      ? `This run is here already. The file adds ${counted(arriving.length, 'entry', 'entries')}${until}.`
      : `This run is not here yet. The file holds ${counted(arriving.length, 'entry', 'entries')}${until}.`,
    `By ${people.map(({ by, tier, count }) => `${by}, tier ${tier} (${count})`).join('; ')}.`,
    ...(nowDone.length > 0 ? [`Done or not applicable then: ${named(nowDone)}.`] : []),
    ...(nowOpen.length > 0 ? [`Open again then: ${named(nowOpen)}.`] : []),
    ...(preview.isHere
      ? valuesChanged.map(({ input, from, to }) => `Value ${input}: ${from || 'none'} here, ${to || 'none'} then.`)
      : valuesChanged.length > 0
        ? [`${counted(valuesChanged.length, 'value')} entered.`]
        : []),
    ...conflicts.map((gate) => `${nameOf(gate)}: go and no-go were both decided. Somebody has to settle it.`),
    ...(preview.onlyHere > 0
      ? [`${counted(preview.onlyHere, 'entry', 'entries')} here that the file lacks; they stay.`]
      : []),
    ...(preview.missingPictures > 0
      ? [`${counted(preview.missingPictures, 'picture')} of this run not in the file.`]
      : []),
    ...(handOver ? [`Handed over to ${handOver.data.to} by ${handOver.by}, and not accepted yet.`] : []),
  ];
}
