import { describe, expect, test } from 'vitest';
import { derived } from '../../../../src/lib/core/sheet/derived.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { codesOf, fileWithStep, problemsOf } from '../../../support/compile.ts';

describe('a value by name', () => {
  test.each(Object.keys(inputs))('can be the input %s', (name) => {
    expect(codesOf(fileWithStep(`It is <Value of="${name}" />.`, [name]))).toEqual([]);
  });

  test.each(Object.values(derived))('can be the derived value $id, for the inputs that it needs', ({ id, needs }) => {
    const body = `It is <Value of="${id}" />.`;

    expect(codesOf(fileWithStep(body, needs))).toEqual([]);
    expect(problemsOf(fileWithStep(body, needs.slice(1)))).toBe(
      `19:7  The input \`${needs[0]}\` is used here through \`${id}\`, but the front matter does not list it.\n` +
        `      Add \`${needs[0]}\` to \`inputs\`, where the sheet should ask for it. (unlisted-input)`,
    );
  });

  test.each(Object.values(inputs).filter(({ secret }) => secret))('$id is a secret, for text alone', ({ id }) => {
    expect(codesOf(fileWithStep(`\`\`\`powershell\nGet-It {{${id}}}\n\`\`\``, [id]))).toEqual(['secret-in-command']);
  });

  test.each(['constructor', 'toString', '__proto__', 'usePorxy'])('cannot be %s', (name) => {
    expect(codesOf(fileWithStep(`It is <Value of="${name}" />.`))).toEqual(['unknown-value']);
  });
});
