/** Front matter of a guide page. */
import * as z from 'zod/mini';

export const GuideMeta = z.strictObject({
  title: z.string(),
  summary: z.string(),
  /** Place in the guide's navigation, from 1. */
  order: z.int(),
});
export type GuideMeta = z.infer<typeof GuideMeta>;
