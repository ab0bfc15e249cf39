/**
 * What a calculator says, as data: sentences, tables and commands without markup, so that screen, paper,
 * Markdown and command line agree word for word.
 */
import type { Command } from '../commands/command.ts';

export type ReportPart =
  | { readonly kind: 'sentence'; readonly text: string }
  /** Something the reader must weigh before acting. */
  | { readonly kind: 'warning'; readonly text: string }
  /** Background; also what is UNCONFIRMED by the vendor, said as such. */
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'facts';
      readonly caption: string;
      readonly rows: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Where to click, outermost first. */
  | { readonly kind: 'path'; readonly label: string; readonly steps: readonly string[] }
  | { readonly kind: 'command'; readonly command: Command };

export type Report = readonly ReportPart[];
