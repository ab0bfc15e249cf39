import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { copyText } from '../../../src/lib/browser/clipboard.ts';

class FakeElement {
  value = '';
  readOnly = false;
  readonly style: Record<string, string> = {};
  readonly children: FakeElement[] = [];
  focused = 0;
  selected = 0;
  dialog: FakeElement | null = null;
  #parent: FakeElement | undefined;
  append(child: FakeElement) {
    child.#parent = this;
    this.children.push(child);
  }
  remove() {
    this.#parent?.children.splice(0, 1);
  }
  select() {
    this.selected++;
  }
  focus() {
    this.focused++;
  }
  closest() {
    return this.dialog;
  }
}

const button = new FakeElement();
const body = new FakeElement();
const command = new FakeElement();
let copied: string[] = [];
let selected: unknown[] = [];

/** @param execCommand What the older way answers for the text in the selected field. */
const stub = (execCommand: () => boolean, clipboard?: { writeText: (text: string) => Promise<void> }) => {
  const made: FakeElement[] = [];
  vi.stubGlobal('HTMLElement', FakeElement);
  vi.stubGlobal('navigator', { clipboard });
  vi.stubGlobal('getSelection', () => ({ selectAllChildren: (element: unknown) => selected.push(element) }));
  vi.stubGlobal('document', {
    activeElement: button,
    body,
    createElement: () => made[made.push(new FakeElement()) - 1],
    execCommand: () => {
      const isDone = execCommand();
      if (isDone) copied.push(made.at(-1)?.value ?? '');
      return isDone;
    },
  });
  return made;
};

const copy = (text: string) => copyText(text, command as unknown as Element);

beforeEach(() => {
  copied = [];
  selected = [];
  button.focused = 0;
});
afterEach(() => vi.unstubAllGlobals());

describe('copyText', () => {
  const text = "Get-WsusServer -Name 'O''Brien'";

  it('uses the clipboard where there is one', async () => {
    const made = stub(() => false, { writeText: (words) => Promise.resolve(void copied.push(words)) });
    expect(await copy(text)).toBe('copied');
    expect(copied).toEqual([text]);
    expect(made).toEqual([]);
  });

  it.each([
    ['is missing', undefined],
    ['refuses', { writeText: () => Promise.reject(new Error('NotAllowedError')) }],
  ])('copies the older way where the clipboard %s, and leaves the page as it was', async (_why, clipboard) => {
    const [made] = [stub(() => true, clipboard)];
    expect(await copy(text)).toBe('copied');
    expect(copied).toEqual([text]);
    expect(made[0]).toMatchObject({ selected: 1, readOnly: true, style: { position: 'fixed' } });
    expect(body.children).toEqual([]);
    expect(button.focused).toBe(1);
  });

  it.each([
    ['answers no', () => false],
    [
      'throws',
      () => {
        throw new Error('blocked');
      },
    ],
  ])('selects the text on the page where the older way %s', async (_how, execCommand) => {
    stub(execCommand);
    expect(await copy(text)).toBe('selected');
    expect(selected).toEqual([command]);
    expect(copied).toEqual([]);
    expect(body.children).toEqual([]);
    expect(button.focused).toBe(1);
  });

  it('stays inside an open dialog, where alone the focus can be', async () => {
    const dialog = new FakeElement();
    const added = vi.spyOn(dialog, 'append');
    button.dialog = dialog;
    stub(() => true);
    await copy(text);
    button.dialog = null;
    expect(added).toHaveBeenCalledOnce();
    expect(dialog.children).toEqual([]);
  });
});
