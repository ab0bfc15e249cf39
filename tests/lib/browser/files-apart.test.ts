import { expect, it } from 'vitest';
import { keepsFilesApart } from '../../../src/lib/browser/files-apart.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0';

it.each([
  ['file:', firefox, true],
  ['http:', firefox, false],
  ['https:', firefox, false],
  ['file:', edge, false],
])('on %s in %s: %s', (protocol, agent, isApart) => {
  expect(keepsFilesApart({ protocol }, agent)).toBe(isApart);
});
