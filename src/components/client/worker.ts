/** The offline worker, `ringbook-worker.js` at the root of the built folder; the build writes the three constants before it. */
import { createOfflineWorker, USE_NOW, type FileHashes, type WorkerScope } from '../../lib/browser/offline.ts';

declare const ringbookFiles: FileHashes;
declare const ringbookLater: readonly string[];
declare const ringbookVersion: string;

interface WaitedFor extends globalThis.Event {
  readonly waitUntil: (promise: Promise<unknown>) => void;
}
interface FetchEvent extends globalThis.Event {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
}
interface WorkerMessage extends MessageEvent, WaitedFor {
  readonly source: (MessageEventSource & { readonly id: string }) | null;
}
/** The compiler takes this file for a part of a page; what a worker has instead is said here. */
interface Listens {
  addEventListener(kind: 'install' | 'activate', listener: (event: WaitedFor) => void): void;
  addEventListener(kind: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(kind: 'message', listener: (event: WorkerMessage) => void): void;
}

const scope = globalThis as unknown as WorkerScope & Listens;
const worker = createOfflineWorker(scope, ringbookFiles, ringbookLater, ringbookVersion);

scope.addEventListener('install', (event) => event.waitUntil(worker.install()));
scope.addEventListener('activate', (event) => event.waitUntil(worker.activate()));
scope.addEventListener('fetch', (event) => {
  const answer = worker.answer(event.request);
  if (answer) event.respondWith(answer);
});
scope.addEventListener('message', (event) => {
  if (event.data !== USE_NOW) return;
  event.waitUntil(worker.useNow(event.source?.id ?? '').then((answer) => event.ports[0]?.postMessage(answer)));
});
