import { expect, it } from 'vitest';
import { secretInputs } from '../../../../src/lib/core/run/secrets.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';

it('names every secret of the vocabulary, and nothing else', () => {
  const secret = Object.entries(inputs).flatMap(([id, { secret: isSecret }]) => (isSecret ? [id] : []));
  expect([...secretInputs].sort()).toEqual(secret.sort());
});
