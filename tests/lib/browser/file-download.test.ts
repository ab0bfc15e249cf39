import { afterEach, expect, test, vi } from 'vitest';
import { downloadFile, downloadText } from '../../../src/lib/browser/file-download.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('hands over the bytes under the name, and lets go of them later', async () => {
  vi.useFakeTimers();
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
  const link = { href: '', download: '', click: vi.fn() };
  vi.stubGlobal('document', { createElement: () => link });

  downloadFile('Registry.pol', new Uint8Array([0x50, 0x52, 0x65, 0x67]));

  expect(link).toMatchObject({ href: 'blob:1', download: 'Registry.pol' });
  expect(link.click).toHaveBeenCalledOnce();
  expect([...new Uint8Array((await blobs[0]?.arrayBuffer()) ?? new ArrayBuffer())]).toEqual([0x50, 0x52, 0x65, 0x67]);
  expect(revoke).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(revoke).toHaveBeenCalledWith('blob:1');
});

test('hands over a text as UTF-8, whatever letters it has', async () => {
  vi.useFakeTimers();
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  vi.stubGlobal('document', { createElement: () => ({ click: vi.fn() }) });

  downloadText('Plan.md', 'Größe ≤ 5 ✓');

  const bytes = new Uint8Array((await blobs[0]?.arrayBuffer()) ?? new ArrayBuffer());
  expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe('Größe ≤ 5 ✓');
});
