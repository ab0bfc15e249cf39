import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPortOfOther, PORT_DOUBT, portBySsl } from '../../../../src/lib/core/sheet/doubts.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';

it('doubts a port that WSUS gives to the other protocol, and no other', () => {
  expect(
    [80, 443, 8530, 8531].map((port) => [port, isPortOfOther(`${port} yes`), isPortOfOther(`${port} no`)]),
  ).toEqual([
    [80, true, false],
    [443, false, true],
    [8530, true, false],
    [8531, false, true],
  ]);
});

it('never doubts a port of the site, nor both answers about one port', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
      const doubted = ['yes', 'no', ''].filter((ssl) => isPortOfOther(`${port} ${ssl}`));
      expect(doubted).toHaveLength([80, 443, 8530, 8531].includes(port) ? 1 : 0);
    }),
  );
});

it('pairs each answer about SSL with the port of the same server', () => {
  const yesNo = Object.values(inputs).filter(({ kind, id }) => kind === 'yes-no' && /ssl$/i.test(id));
  expect(Object.keys(portBySsl).sort()).toEqual(yesNo.map(({ id }) => id).sort());
  for (const [ssl, port] of Object.entries(portBySsl)) {
    expect(inputs[port], port).toMatchObject({ kind: 'port', group: inputs[ssl]?.group });
    // The line stands at the later one of the two.
    expect(Object.keys(inputs).indexOf(port)).toBeLessThan(Object.keys(inputs).indexOf(ssl));
  }
});

it('names in its words every port that it knows', () => {
  for (const port of [80, 443, 8530, 8531]) expect(PORT_DOUBT).toContain(String(port));
});
