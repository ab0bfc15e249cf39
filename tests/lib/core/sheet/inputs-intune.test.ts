import { describe, expect, it } from 'vitest';
import { channels } from '../../../../src/lib/core/calculators/update-channels-settings.ts';
import { readInput } from '../../../../src/lib/core/sheet/inputs.ts';
import { intuneInputs } from '../../../../src/lib/core/sheet/inputs-intune.ts';

const offered = (id: string): string[] => (intuneInputs[id]?.options ?? []).map(({ value }) => value);

describe('the channels of a ring', () => {
  it('are the early ones for the pilot and the late ones for production', () => {
    expect(offered('pilotMonthlyChannel')).toEqual(['beta', 'preview']);
    expect(offered('productionMonthlyChannel')).toEqual(['broad', 'delayed']);
  });

  it.each(['pilotMonthlyChannel', 'productionMonthlyChannel'])('stand in %s in the words of the consoles', (id) => {
    for (const { value, label } of intuneInputs[id]?.options ?? []) {
      expect(label).toBe(channels.find((channel) => channel.id === value)?.label);
    }
  });

  it('refuse one that suits another ring', () => {
    expect(readInput('productionMonthlyChannel', 'beta')).toEqual({
      state: 'wrong',
      message: 'Platform and engine channel, production ring must be one of the choices',
    });
  });
});
