/** How long a tick takes to show: the same clock on every page that is measured. */
import type { Page } from '@playwright/test';

/** Times each click on a box, from the event until the frame after it is painted. Runs in the page; call it once there. */
export function timeTicks(): void {
  const ticks: number[] = [];
  Object.assign(globalThis, { ticks });
  addEventListener(
    'click',
    ({ timeStamp, target }) => {
      if (!(target instanceof HTMLInputElement && target.type === 'checkbox')) return;
      requestAnimationFrame(() => {
        // A message that is sent before a frame is painted arrives after it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => ticks.push(performance.now() - timeStamp);
        port2.postMessage(undefined);
      });
    },
    true,
  );
}

/** What `timeTicks` noted so far, in milliseconds. */
export const notedTicks = (page: Page): Promise<number[]> =>
  page.evaluate(() => (globalThis as unknown as { ticks: number[] }).ticks);
