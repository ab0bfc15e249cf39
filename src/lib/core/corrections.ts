/** What is wrong in the published articles that people follow today, and what is right. */
import * as z from 'zod/mini';
import { Id } from './runbook/model.ts';

const sentence = z.string().check(z.minLength(2));
const address = z.url({ protocol: /^https$/ });

export const Correction = z.strictObject({
  /** Unique among all corrections, for links to it. */
  id: Id,
  /** What stands in the article, with code and bold type as in Markdown. */
  wrong: sentence,
  why: sentence,
  right: sentence,
  sources: z.array(address).check(z.minLength(1)),
  /** Texts that an author could paste, each of which the compiler refuses; absent where no rule can tell. */
  refused: z.optional(z.array(z.string()).check(z.minLength(1))),
});
export type Correction = z.infer<typeof Correction>;

export const CorrectedArticle = z.strictObject({
  title: sentence,
  url: address,
  /** The date of the copy that was read. */
  read: z.iso.date(),
  corrections: z.array(Correction).check(z.minLength(1)),
});
export type CorrectedArticle = z.infer<typeof CorrectedArticle>;
