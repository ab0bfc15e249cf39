import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPictures, readPicture } from '../../../src/lib/browser/pictures.ts';
import { most } from '../../../src/lib/core/run/event.ts';
import { hashOf } from '../../../src/lib/core/run/fingerprint.ts';
import { png } from '../core/run/runs.ts';
import { quotaError, securityError } from './fake-browser.ts';
import { FakeIndexedDb } from './fake-indexed-db.ts';

const run = 'runrunrunrun';
const other = 'z8w1t5n6b2c0';
const dot = new Uint8Array(png);
const sha256 = hashOf(dot);
const picture = { type: 'image/png', bytes: dot.length, sha256 };

const openOne = () => {
  const disk = new FakeIndexedDb();
  return { disk, pictures: openPictures(disk.use()) };
};

afterEach(() => void vi.unstubAllGlobals());

describe('reading a picture that somebody chose', () => {
  it('gives its bytes and its type by what is in it, whatever it is called', async () => {
    expect(await readPicture(new File([dot], 'console.txt', { type: 'text/plain' }))).toEqual({
      ok: true,
      value: { bytes: dot, type: 'image/png' },
    });
  });

  it('refuses what is no picture, whatever it is called', async () => {
    expect(await readPicture(new File(['<svg onload="alert(1)"/>'], 'console.png', { type: 'image/png' }))).toEqual({
      ok: false,
      why: 'The picture must be a PNG, JPEG, GIF or WebP file',
    });
  });

  it('refuses one that is too large before it looks into it', async () => {
    const large = { size: most.pictureBytes + 1, arrayBuffer: vi.fn() };
    expect(await readPicture(large as unknown as Blob)).toEqual({
      ok: false,
      why: 'The picture must be 10 MB or smaller',
    });
    expect(large.arrayBuffer).not.toHaveBeenCalled();
  });

  it('says so when the file cannot be read any more', async () => {
    const gone = { size: 1, arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotFoundError')) };
    expect(await readPicture(gone as unknown as Blob)).toEqual({
      ok: false,
      why: 'The picture could not be read. Select it again',
    });
  });
});

describe('pictures of a run', () => {
  it('are kept by what is in them, on the disk, and come back the same', async () => {
    const { disk, pictures } = openOne();
    expect(await pictures.put(run, dot, 'image/png')).toEqual({ ok: true, value: picture });
    expect(await pictures.get(run, sha256)).toEqual(dot);
    expect(disk.durabilities).toEqual(['strict']);
    expect(await openPictures(disk.use()).get(run, sha256)).toEqual(dot);
    expect(await pictures.get(other, sha256)).toBeUndefined();
  });

  it('are kept with their own bytes only, also where those are part of more', async () => {
    const { pictures } = openOne();
    const part = new Uint8Array([1, 2, ...dot, 3]).subarray(2, 2 + dot.length);
    expect(await pictures.put(run, part, 'image/png')).toEqual({ ok: true, value: picture });
    expect(await pictures.get(run, sha256)).toEqual(dot);
  });

  it('are given by their hashes, as far as they are here', async () => {
    const { pictures } = openOne();
    await pictures.put(run, dot, 'image/png');
    expect(await pictures.allOf(run, [sha256, '0'.repeat(64)])).toEqual(new Map([[sha256, dot]]));
  });

  it('are none where what is kept is not what its hash says', async () => {
    const { disk, pictures } = openOne();
    await pictures.put(run, dot, 'image/png');
    for (const damaged of [dot.slice(1).buffer, 'text', undefined]) {
      disk.stores.get('pictures')?.set(`${run}:${sha256}`, damaged);
      expect(await pictures.get(run, sha256)).toBeUndefined();
    }
  });

  it('are not said to be kept when what was read back is something else', async () => {
    const { disk, pictures } = openOne();
    disk.garble = () => new ArrayBuffer(3);
    expect(await pictures.put(run, dot, 'image/png')).toMatchObject({
      ok: false,
      why: expect.stringContaining('The picture was not saved') as string,
    });
  });

  it('are refused in words where there is no room, and where the browser keeps none', async () => {
    const { disk, pictures } = openOne();
    disk.failCommit = quotaError;
    expect(await pictures.put(run, dot, 'image/png')).toEqual({
      ok: false,
      why: 'The picture was not saved: the browser has no room left for this site.',
    });
    expect(disk.stores.get('pictures')?.size).toBe(0);
    disk.failCommit = () => undefined;
    disk.failOpen = () => {
      throw securityError();
    };
    const denied = openPictures(disk.use());
    expect(await denied.put(run, dot, 'image/png')).toMatchObject({
      ok: false,
      why: expect.stringContaining('name the file in a note') as string,
    });
    expect(await denied.get(run, sha256)).toBeUndefined();
    await denied.remove(run);
    // The next try opens anew.
    disk.failOpen = () => undefined;
    expect(await denied.put(run, dot, 'image/png')).toMatchObject({ ok: true });
  });

  it('are refused when they are too large, before anything is written', async () => {
    const { disk, pictures } = openOne();
    expect(await pictures.put(run, new Uint8Array(most.pictureBytes + 1), 'image/png')).toMatchObject({ ok: false });
    expect(disk.stores.size).toBe(0);
  });

  it('go with their run, with its copied entries, drafts and marks and its file, and take nothing of others along', async () => {
    const { disk, pictures } = openOne();
    for (const of of [run, `${run}s`, other]) {
      await pictures.put(of, dot, 'image/png');
      await pictures.rememberFile(of, { name: `${of}.json` });
      disk.stores.get('entries')?.set(`rb1:${of}:e1`, '{}');
      disk.stores.get('entries')?.set(`rb1:draft:${of}:wsusServer`, 'x');
      for (const mark of ['who', 'file']) disk.stores.get('entries')?.set(`rb1:${mark}:${of}`, '{}');
    }
    disk.stores.get('entries')?.set(`rb1:deleted:${run}`, 'removed');
    await pictures.remove(run);
    expect([...(disk.stores.get('pictures')?.keys() ?? [])]).toEqual([`${run}s:${sha256}`, `${other}:${sha256}`]);
    expect([...(disk.stores.get('entries')?.keys() ?? [])]).toEqual([
      `rb1:${run}s:e1`,
      `rb1:draft:${run}s:wsusServer`,
      `rb1:who:${run}s`,
      `rb1:file:${run}s`,
      `rb1:${other}:e1`,
      `rb1:draft:${other}:wsusServer`,
      `rb1:who:${other}`,
      `rb1:file:${other}`,
      `rb1:deleted:${run}`,
    ]);
    expect(await pictures.recallFile(run)).toBeUndefined();
    expect(await pictures.recallFile(other)).toEqual({ name: `${other}.json` });
  });

  it('let a later release go on, and are there again at the next act', async () => {
    const { disk, pictures } = openOne();
    await pictures.put(run, dot, 'image/png');
    const [first] = disk.connections;
    first?.onversionchange?.();
    expect(first?.isClosed).toBe(true);
    expect(await pictures.get(run, sha256)).toEqual(dot);
    disk.connections[1]?.onclose?.();
    expect(await pictures.get(run, sha256)).toEqual(dot);
    expect(disk.connections).toHaveLength(3);
  });
});

describe('the file that a run is kept in', () => {
  it('is forgotten in silence where it cannot be kept', async () => {
    const { disk, pictures } = openOne();
    disk.failCommit = () => new DOMException('It cannot be cloned.', 'DataCloneError');
    await pictures.rememberFile(run, {});
    expect(await pictures.recallFile(run)).toBeUndefined();
  });
});
