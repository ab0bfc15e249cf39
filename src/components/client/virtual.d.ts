/** Made by lib/build/client-scripts.ts for each page: the live calculators that this page holds, by id. */
declare module 'ringbook:calculators' {
  import type { LiveCalculator } from '../../lib/core/calculators/calculator.ts';

  export const calculators: Readonly<Record<string, LiveCalculator>>;
}
