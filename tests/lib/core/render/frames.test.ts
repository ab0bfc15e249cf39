import { describe, expect, test } from 'vitest';
import { html } from '../../../../src/lib/core/render/html.ts';
import { clickPath, commandFrame } from '../../../../src/lib/core/render/frames.ts';
import { scanMarkup } from './support/scan-markup.ts';

describe('a click path', () => {
  test('names each place in bold, outermost first', () => {
    const { elements, text } = scanMarkup(clickPath(['Options', 'Update <Source>', 'OK']).toString());

    expect(text).toBe('Options › Update <Source> › OK');
    expect(elements.filter(({ name }) => name === 'b')).toHaveLength(3);
  });
});

describe('the frame of a command', () => {
  const frame = (where?: string): string => scanMarkup(commandFrame('cmd', where, 'echo <a> & "b"').toString()).text;

  test('names the shell and the place, and has the text to the letter', () => {
    expect(frame('a <client>')).toMatch(/^Command Prompt · a <client>.*echo <a> & "b"$/s);
    expect(frame()).toMatch(/^Command Prompt.*echo <a> & "b"$/s);
  });

  test('may hold markup made by html', () => {
    const markup = commandFrame('powershell', undefined, html`a ${'<'} <b>c</b>`).toString();

    expect(scanMarkup(markup).text).toContain('a < c');
    expect(markup).toContain('data-shell="powershell"');
  });
});
