import { expect, test, vi } from 'vitest';
import { findProgram } from './debian.ts';

test.skipIf(process.platform === 'win32')('an installed program is used as it is', () => {
  expect(findProgram({ package: 'dash', path: 'bin/sh' })).toMatchObject({ path: '/bin/sh', root: '/' });
});

test.skipIf(process.platform !== 'linux')('what cannot be had is missing, with the reason', () => {
  vi.stubEnv('RINGBOOK_OFFLINE', '1');
  expect(findProgram({ package: 'no-such-package', path: 'usr/bin/no-such-program' })).toEqual({
    missing: 'no-such-package is not installed, and RINGBOOK_OFFLINE is set',
  });
  vi.unstubAllEnvs();
});

test.skipIf(process.platform !== 'linux')('an installed program that lacks what it needs is not taken', () => {
  vi.stubEnv('RINGBOOK_OFFLINE', '1');
  expect(findProgram({ package: 'dash', path: 'bin/sh', needs: 'usr/lib/no-such-module.so' })).toHaveProperty(
    'missing',
  );
  vi.unstubAllEnvs();
});
