import { describe, expect, it } from 'vitest';
import { readInput } from '../../../../src/lib/core/sheet/inputs.ts';

describe.each(['pilotShare', 'productionShare', 'vdiShare'])('%s', (id) => {
  it('takes one share', () => {
    const share = '\\\\files1.contoso.com\\defender$';
    expect(readInput(id, share)).toEqual({ state: 'given', value: share, text: share });
  });

  it('refuses several shares in one field, because commands and permissions name one', () => {
    expect(readInput(id, '\\\\files1\\defender|\\\\files2\\defender').state).toBe('wrong');
  });

  it('refuses the braces of the help text', () => {
    expect(readInput(id, '{\\\\files1\\defender}').state).toBe('wrong');
  });
});
