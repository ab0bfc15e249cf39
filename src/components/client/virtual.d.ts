/** Made by lib/build/client-scripts.ts for each page: the live calculators that this page holds, and nothing else. */
declare module 'ringbook:calculators' {
  export const openCalculators: (root: HTMLElement) => import('./sheet-view.ts').SheetPainter[];
}
