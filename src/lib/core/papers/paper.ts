/**
 * A paper as data: the change plan, the blank checklist and the record are made of the same few pieces, and each piece
 * knows how to be HTML, Markdown and text. So what a board signs, what a wiki holds and what a pipeline prints agree.
 */

/** A piece of a line. `blank` is a value nobody has given yet: its text is the name, and on paper it is a line to write on. */
export interface Span {
  readonly text: string;
  readonly style?: 'strong' | 'emphasis' | 'code' | 'blank' | 'branch' | undefined;
  /** Address of a link; printed after its words, because paper cannot be clicked. */
  readonly href?: string | undefined;
}
export type Line = readonly Span[];

/** Content of a cell or of a page, in reading order. */
export type Flow =
  | { readonly kind: 'line'; readonly line: Line }
  /** One item of a list; `mark` is `•` or a number with its dot, `depth` begins at 0. */
  | { readonly kind: 'item'; readonly mark: string; readonly depth: number; readonly line: Line }
  | { readonly kind: 'command'; readonly shell: string; readonly where?: string | undefined; readonly text: Line }
  | { readonly kind: 'output'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly Line[];
      readonly rows: readonly (readonly Line[])[];
    }
  /** `label` says what stands there: Note, Caution, Expect, Only if. */
  | { readonly kind: 'labelled'; readonly label: string; readonly body: readonly Flow[] };

/** One row of the table of steps. Nothing in it is split over two sheets. */
export interface StepRow {
  readonly kind: 'step';
  readonly id: string;
  readonly number: string;
  readonly action: Line;
  readonly body: readonly Flow[];
  readonly tier: number;
  /** `20 Nov 22:05`, where a planned start is known; else a line to write on. */
  readonly planned: string;
  /** Minutes of work; waiting stands in `wait`. Nothing where nobody has said how long it takes. */
  readonly minutes: number | undefined;
  readonly wait: string;
  readonly expected: readonly Flow[];
  readonly undo: readonly Flow[];
  readonly evidence: readonly Flow[];
  /** The value that was seen: empty on a plan and on a blank checklist, for a pen. */
  readonly value: string;
  /** Remarks of those who did it: notes, evidence, reasons, time spent. */
  readonly seen: readonly Flow[];
  /** `Done`, `Does not apply`, `Open`; empty where a pen decides. */
  readonly state: string;
  readonly by: string;
}
export interface GateBand {
  readonly kind: 'gate';
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly tier: number;
  readonly minutes: number;
  readonly planned: string;
  readonly criteria: readonly { readonly line: Line; readonly met?: boolean | undefined }[];
  readonly body: readonly Flow[];
  /** `Go`, `No-go`, `Go and no-go: not settled`, `Open`; empty where a pen decides. */
  readonly decision: string;
  readonly by: string;
  readonly seen: readonly Flow[];
}
export interface TaskBand {
  readonly kind: 'task';
  readonly id: string;
  readonly number: string;
  readonly title: string;
  /** Shown under the title while an input does not say whether the task applies. */
  readonly branch: string;
}
export interface PassageRow {
  readonly kind: 'passage';
  readonly body: readonly Flow[];
}
export type WorkRow = StepRow | GateBand | TaskBand | PassageRow;

export interface FieldRow {
  readonly label: string;
  /** Empty: a line to write on. */
  readonly value: string;
}

/** `plan` has a column for the planned time; `pen` has more room to write; `record` tells what was done. */
export type WorkMode = 'plan' | 'pen' | 'record';

export type PaperPart =
  /** `sheet` begins a new sheet of paper; all that follows a `last` one stays on one sheet with it. */
  | {
      readonly kind: 'heading';
      readonly level: 2 | 3;
      readonly text: string;
      readonly sheet?: boolean | undefined;
      readonly last?: boolean | undefined;
    }
  | { readonly kind: 'flow'; readonly body: readonly Flow[] }
  | { readonly kind: 'alarm'; readonly text: string }
  | {
      readonly kind: 'fields';
      readonly caption: string;
      readonly rows: readonly FieldRow[];
      /** Side by side on paper, down the left column first. */
      readonly columns?: 2 | undefined;
    }
  | {
      readonly kind: 'grid';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Empty rows for a pen below those. */
      readonly spare?: number | undefined;
      /** Shares of the width, one a column; the browser's choice where left out. */
      readonly widths?: readonly number[] | undefined;
      /** Rows as high as a signature. */
      readonly isSigned?: boolean | undefined;
    }
  /** A heading with what people wrote below it, kept together; lines to write on where they wrote nothing. */
  | { readonly kind: 'prose'; readonly label: string; readonly lines: readonly string[] }
  | { readonly kind: 'choices'; readonly label: string; readonly options: readonly string[]; readonly chosen: string }
  | {
      readonly kind: 'checks';
      readonly caption: string;
      readonly rows: readonly { readonly text: string; readonly met?: boolean | undefined }[];
    }
  /** `svg` is markup made by ringbook itself; the words say all that it shows. */
  | { readonly kind: 'picture'; readonly svg: string; readonly words: string }
  | { readonly kind: 'image'; readonly source: string; readonly words: string }
  | {
      readonly kind: 'work';
      readonly caption: string;
      readonly mode: WorkMode;
      readonly rows: readonly WorkRow[];
    };

/** What stands in the footer of every sheet: which procedure, which wording of it, which record, printed when. */
export interface DocumentControl {
  readonly runbook: string;
  readonly revision: string;
  /** Short form of the save file's fingerprint; empty where there is no run yet. */
  readonly fingerprint: string;
  /** When the paper was made, as its reader writes it; the caller's clock. */
  readonly printed: string;
}

export interface Paper {
  readonly kind: 'plan' | 'checklist' | 'record';
  readonly title: string;
  /** One line under the title. */
  readonly about: string;
  readonly control: DocumentControl;
  readonly parts: readonly PaperPart[];
}

export const paperNames = { plan: 'Change plan', checklist: 'Blank checklist', record: 'Record' } as const;

/** Stands in a table that has no rows, and is not for a pen. */
export const NONE = 'None';

/** The words of a line, with a blank as its name between low lines: `____ (Upstream server)`. */
export const lineText = (line: Line): string =>
  line
    .map(({ text, style, href }) => (style === 'blank' ? `____ (${text})` : text) + (href ? ` (${href})` : ''))
    .join('');

/** Whether anything in a line still has to be written in by hand. */
export const hasBlank = (line: Line): boolean => line.some(({ style }) => style === 'blank');

/** @example words('Done.') //=> [{ kind: 'line', line: [{ text: 'Done.' }] }] */
export const words = (text: string): readonly Flow[] => (text ? [{ kind: 'line', line: [{ text }] }] : []);

/** Flow as plain lines: for a cell of CSV, and for text that is pasted into a ticket. */
export function flowText(flow: readonly Flow[]): string {
  return flow
    .map((piece): string => {
      switch (piece.kind) {
        case 'line':
          return lineText(piece.line);
        case 'item':
          return `${'  '.repeat(piece.depth)}${piece.mark} ${lineText(piece.line)}`;
        case 'command':
          return lineText(piece.text);
        case 'output':
          return piece.text;
        case 'table':
          return [piece.head, ...piece.rows].map((row) => row.map(lineText).join(' | ')).join('\n');
        case 'labelled':
          return `${piece.label}: ${flowText(piece.body)}`;
      }
    })
    .join('\n');
}
