/** Made by lib/build/client-scripts.ts for each page: the live calculators that this page holds, and nothing else. */
declare module 'ringbook:calculators' {
  import type { SheetPainter } from './sheet-view.ts';

  export const openCalculators: (root: HTMLElement) => SheetPainter[];
}
