/**
 * From what a person typed to what a run records, or the sentence that says what to enter.
 *
 * Every function gives an act for the store to record, and refuses in the words of the form it came from.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Tier } from '../runbook/model.ts';
import { most, pictureTypes, type About, type Act, type EventOf, type Picture } from './event.ts';
import { ofKind, standing, type RunState } from './fold.ts';
import { writeOutline, type Outline } from './outline.ts';

/** Where a remark belongs: at a step or gate as it reads now; to the run as a whole where both are left out. */
export interface Place {
  readonly step?: string | undefined;
  readonly stepHash?: string | undefined;
}

const grouped = (count: number): string => String(count).replace(/\d(?=(\d{3})+$)/g, '$&,');

/** @param what As it begins a sentence: `The note`. */
function filled(text: string, what: string, longest: number): Result<string> {
  if (!/\S/.test(text)) return refuse(`Enter ${what.charAt(0).toLowerCase()}${what.slice(1)}`);
  return text.length > longest ? refuse(`${what} must be ${grouped(longest)} characters or fewer`) : ok(text);
}

/** An optional text: left out where it is blank. */
function perhaps<Name extends string>(
  name: Name,
  text: string | undefined,
  what: string,
  longest: number = most.text,
): Result<Partial<Record<Name, string>>> {
  if (text === undefined || !/\S/.test(text)) return ok({});
  const answer = filled(text, what, longest);
  // A computed name widens to any string; it is `Name`.
  return answer.ok ? ok({ [name]: answer.value } as Partial<Record<Name, string>>) : answer;
}

const placed = ({ step, stepHash }: Place): { step?: string; stepHash?: string } => ({
  ...(step !== undefined && { step }),
  ...(stepHash !== undefined && { stepHash }),
});

const atStep = ({ step, stepHash }: { step: string; stepHash: string }) => ({ step, stepHash });

const takingBack = (ids: readonly string[] | undefined): { undoes?: string[] } =>
  ids && ids.length > 0 ? { undoes: [...ids] } : {};

const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

/** A note; with `corrects`, one that stands in place of those. */
export function noteEntry(given: Place & { text: string; corrects?: readonly string[] }): Result<Act<EventOf<'note'>>> {
  const text = filled(given.text, 'The note', most.note);
  if (!text.ok) return text;
  return ok({ kind: 'note', ...placed(given), data: { text: text.value, ...takingBack(given.corrects) } });
}

/**
 * Evidence: text, or a picture whose bytes are kept already.
 *
 * @param given.name What it is, or the file's name.
 */
export function evidenceEntry(
  given: Place & { text?: string; name?: string; picture?: Picture; corrects?: readonly string[] },
): Result<Act<EventOf<'evidence'>>> {
  const { picture } = given;
  if (picture && picture.bytes > most.pictureBytes) return refuse(PICTURE_TOO_BIG);
  if (picture && !pictureTypes.includes(picture.type)) return refuse(NOT_A_PICTURE);
  const longest = most.evidence;
  if ((given.text?.length ?? 0) > longest) {
    return refuse(
      `The evidence must be ${grouped(longest)} characters or fewer. Keep the whole as a file, and paste the part that matters`,
    );
  }
  const text = picture
    ? perhaps('text', given.text, 'The text', longest)
    : filled(given.text ?? '', 'The evidence', longest);
  if (!text.ok) return text;
  const name = perhaps('name', given.name, 'The name', most.name);
  if (!name.ok) return name;
  const words = typeof text.value === 'string' ? { text: text.value } : text.value;
  const data = { ...words, ...name.value, ...(picture && { picture }), ...takingBack(given.corrects) };
  return ok({ kind: 'evidence', ...placed(given), data });
}

export const PICTURE_TOO_BIG = `The picture must be ${grouped(most.pictureBytes / 1_000_000)} MB or smaller`;
export const NOT_A_PICTURE = 'The picture must be a PNG, JPEG, GIF or WebP file';

/** That a step does not apply; in place of what was said about it before. */
export function notApplicableEntry(
  state: RunState,
  given: { step: string; stepHash: string; reason: string },
): Result<Act<EventOf<'not-applicable'>>> {
  if (!/\S/.test(given.reason)) return refuse('Enter why this step does not apply');
  const reason = filled(given.reason, 'The reason', most.reason);
  if (!reason.ok) return reason;
  const undoes = takingBack(idsOf(saidNotToApply(state, given.step)));
  return ok({ kind: 'not-applicable', ...atStep(given), data: { reason: reason.value, ...undoes } });
}

/** That a step applies after all. */
export const appliesEntry = (state: RunState, step: string): Act<EventOf<'not-applicable'>> => ({
  kind: 'not-applicable',
  step,
  data: { undoes: idsOf(saidNotToApply(state, step)) },
});

const saidNotToApply = (state: RunState, step: string) =>
  standing(state.steps.get(step)?.history ?? [], state.gone, 'not-applicable', 'not-applicable');

/** The value seen at a step; in place of the one before. */
export function seenEntry(
  state: RunState,
  given: { step: string; stepHash: string; value: string },
): Result<Act<EventOf<'seen'>>> {
  if (!/\S/.test(given.value)) return refuse('Enter what you see');
  const value = filled(given.value, 'What you see', most.seen);
  if (!value.ok) return value;
  const before = standing(state.steps.get(given.step)?.history ?? [], state.gone, 'seen', 'seen');
  return ok({ kind: 'seen', ...atStep(given), data: { value: value.value, ...takingBack(idsOf(before)) } });
}

/** @param given.minutes As typed. They are added to those noted before; with `corrects`, they stand in place of those. */
export function spentEntry(given: {
  step: string;
  stepHash: string;
  minutes: string;
  corrects?: readonly string[];
}): Result<Act<EventOf<'spent'>>> {
  const typed = given.minutes.trim();
  if (typed === '') return refuse('Enter the minutes');
  const minutes = Number(typed);
  if (!/^\d{1,6}$/.test(typed) || minutes > most.minutes) {
    return refuse(`Minutes must be a whole number from 0 to ${grouped(most.minutes)}`);
  }
  return ok({ kind: 'spent', ...atStep(given), data: { minutes, ...takingBack(given.corrects) } });
}

const aboutNames = { title: 'The title', change: 'The change number', site: 'The site', ring: 'The ring' } as const;

/** What the run is for, checked field by field; a field that is left out or empty says nothing. */
export function aboutEntry(given: About): Result<About> {
  const about: { -readonly [K in keyof About]: About[K] } = {};
  for (const key of ['title', 'change', 'site', 'ring'] as const) {
    const text = (given[key] ?? '').trim();
    if (text.length > 200) return refuse(`${aboutNames[key]} must be 200 characters or fewer`);
    if (/\p{Cc}/u.test(text)) return refuse(`${aboutNames[key]} must be on one line`);
    if (text !== '') about[key] = text;
  }
  return ok(about);
}

/** The details of the change, all of them; what is left empty is cleared. */
export function detailsEntry(state: RunState, given: About): Result<Act<EventOf<'details'>>> {
  const about = aboutEntry(given);
  if (!about.ok) return about;
  const { title = '', change = '', site = '', ring = '' } = about.value;
  const before = takingBack(idsOf(standing(state.history, state.gone, 'details', 'details')));
  return ok({ kind: 'details', data: { title, change, site, ring, ...before } });
}

/** @param given.to Whoever takes the run over. */
export function handOverEntry(given: { to: string; tier?: Tier; text?: string }): Result<Act<EventOf<'hand-over'>>> {
  const to = given.to.trim();
  if (to === '') return refuse('Enter who takes the run over');
  if (to.length > 80 || /\p{Cc}/u.test(to)) return refuse('The name must be 80 characters or fewer, on one line');
  const text = perhaps('text', given.text, 'The text');
  if (!text.ok) return text;
  return ok({ kind: 'hand-over', data: { to, ...(given.tier && { tier: given.tier }), ...text.value } });
}

/** @param given.handOver The id of the hand-over that is accepted. */
export function acceptedEntry(given: { handOver?: string; text?: string }): Result<Act<EventOf<'accepted'>>> {
  const text = perhaps('text', given.text, 'The text');
  if (!text.ok) return text;
  const { handOver } = given;
  return ok({ kind: 'accepted', data: { ...(handOver !== undefined && { handOver }), ...text.value } });
}

/** @param given.text The text that was copied into the ticket. */
export function escalatedEntry(
  given: Place & { to: Tier; trigger: string; text?: string },
): Result<Act<EventOf<'escalated'>>> {
  if (!/\S/.test(given.trigger)) return refuse('Select why you escalate');
  const trigger = filled(given.trigger, 'The reason', most.reason);
  if (!trigger.ok) return trigger;
  const text = perhaps('text', given.text?.slice(0, most.text), 'The text');
  if (!text.ok) return text;
  return ok({ kind: 'escalated', ...placed(given), data: { to: given.to, trigger: trigger.value, ...text.value } });
}

export type Outcome = NonNullable<EventOf<'finished'>['data']['outcome']>;

/** How a run can end, in the words of the page. */
export const outcomes: readonly { readonly id: Outcome; readonly words: string }[] = [
  { id: 'successful', words: 'Successful' },
  { id: 'with-issues', words: 'Successful with issues' },
  { id: 'unsuccessful', words: 'Unsuccessful' },
  { id: 'backed-out', words: 'Backed out' },
];

export function finishedEntry(given: { text?: string; outcome?: Outcome }): Result<Act<EventOf<'finished'>>> {
  const text = perhaps('text', given.text, 'The text');
  if (!text.ok) return text;
  return ok({ kind: 'finished', data: { ...text.value, ...(given.outcome && { outcome: given.outcome }) } });
}

export function reopenedEntry(state: RunState, text?: string): Result<Act<EventOf<'reopened'>>> {
  const words = perhaps('text', text, 'The text');
  if (!words.ok) return words;
  return ok({ kind: 'reopened', data: { undoes: idsOf(state.finished), ...words.value } });
}

export const archivedEntry = (): Act<EventOf<'archived'>> => ({ kind: 'archived', data: {} });

/** Takes the run out of the archive again. */
export const unarchivedEntry = (state: RunState): Act<EventOf<'undo'>> =>
  undoEntry(idsOf(standing(state.history, state.gone, 'archived')));

/** Takes back entries of any kind but `undo`. */
export const undoEntry = (ids: readonly string[]): Act<EventOf<'undo'>> => ({
  kind: 'undo',
  data: { undoes: [...ids] },
});

/** Takes back the resets that are in force. */
export const resetTakenBackEntry = (state: RunState): Act<EventOf<'undo'>> =>
  undoEntry(idsOf(ofKind(state.history, 'reset').filter(({ id }) => !state.gone.has(id))));

/** The runbook as it reads now; recorded once for each revision that somebody works by. */
export const outlineEntry = (outline: Outline): Act<EventOf<'outline'>> => ({
  kind: 'outline',
  data: { revision: outline.revision, text: writeOutline(outline) },
});
