/** Says that a new version of the site is ready, and takes it into use when told to; asked for once there is one. */
import { USE_NOW, type UseAnswer } from '../../lib/browser/offline.ts';
import { find, make } from './dom.ts';
import { comesBack } from './focus.ts';

const READY = 'A new version of this site is ready. It will be used when you next open it.';

const waitWords = (others: number): string =>
  `${others === 1 ? 'Another window of this site is' : `${others} other windows of this site are`} open. Close ${others === 1 ? 'it' : 'them'} first, so that nothing changes under a run.`;

function tell(waiting: ServiceWorker): void {
  if (find(document, '.rb-news')) return;
  const words = make('p', { role: 'status' });
  const use = make('button', { type: 'button', class: 'rb-button' }, 'Use it now');
  const close = make('button', { type: 'button', class: 'rb-button' }, 'Close');
  const place = make('aside', { class: 'rb-news rb-screen', 'aria-label': 'New version' }, words, use, close);
  close.addEventListener('click', comesBack(place));
  use.addEventListener('click', () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<UseAnswer>) => {
      if (data.otherWindows > 0) words.textContent = waitWords(data.otherWindows);
    };
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    waiting.postMessage(USE_NOW, [port2]);
  });
  document.body.append(place);
  // A live region speaks of what changes in it, not of what it came with.
  words.textContent = READY;
}

void navigator.serviceWorker.getRegistration().then((registration) => {
  const coming = registration?.waiting ?? registration?.installing;
  if (!coming) return;
  const look = (): void => {
    if (coming.state === 'installed') tell(coming);
  };
  coming.addEventListener('statechange', look);
  look();
});
