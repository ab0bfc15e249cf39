import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeText, escapeText, html } from '../../../../src/lib/core/render/html.ts';
import { anyText } from '../runbook/support/any-runbook.ts';
import { readEntities, scanMarkup } from './support/scan-markup.ts';

describe('escapeText', () => {
  test('of any text is the same text again in a browser, and has no character that means something there', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        const escaped = escapeText(text);

        expect(escaped).not.toMatch(/[<>"']/);
        expect(readEntities(escaped)).toBe(text);
      }),
    );
  });
});

describe('codeText', () => {
  test('lets a long path break after its backslashes, and a short one stay whole', () => {
    expect(codeText('HKLM\\SOFTWARE\\Policies\\Microsoft').toString()).toBe(
      'HKLM\\<wbr>SOFTWARE\\<wbr>Policies\\<wbr>Microsoft',
    );
    expect(codeText('C:\\GPO-Backups').toString()).toBe('C:\\GPO-Backups');
    // Before what is no word, a break would stand for nothing.
    expect(codeText('\\\\server\\share\\<a folder of its own>').toString()).toBe(
      '\\\\<wbr>server\\<wbr>share\\&lt;a folder of its own&gt;',
    );
  });

  test('of any text reads as the same text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.constant('\\'))), (texts) => {
        const text = texts.join('');
        expect(readEntities(codeText(text).toString().replaceAll('<wbr>', ''))).toBe(text);
      }),
    );
  });
});

describe('html', () => {
  test('escapes what stands in it, and keeps what html made', () => {
    expect(html`<b title="${'"x"'}">${'a < b'}</b>${html`<i></i>`}`.toString()).toBe(
      '<b title="&quot;x&quot;">a &lt; b</b><i></i>',
    );
  });

  test('joins lists of any depth', () => {
    expect(html`${[1, ['<', [html`<i></i>`]], []]}`.toString()).toBe('1&lt;<i></i>');
  });

  test('leaves out what is not there, and keeps zero', () => {
    expect(html`${false}${undefined}${0}${''}`.toString()).toBe('0');
  });

  test('escapes once, however deep', () => {
    expect(html`<p>${html`<b>${html`${'&'}`}</b>`}</p>`.toString()).toBe('<p><b>&amp;</b></p>');
  });

  test('takes nothing for markup because it looks like it', () => {
    const impostor = { toString: () => '<script>' };

    // Types forbid it; values come from elsewhere.
    expect(() => html`${impostor as unknown as string}`.toString()).toThrow();
  });

  test('makes no element of any text, in content or in an attribute', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const { elements, text } = scanMarkup(html`<p title="${one}">${other}</p>`.toString());

        expect(elements).toEqual([{ name: 'p', attributes: { title: one }, path: [] }]);
        expect(text).toBe(other);
      }),
    );
  });
});
