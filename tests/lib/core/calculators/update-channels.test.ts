import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { updateChannelsInputs } from '../../../../src/lib/core/calculators/update-channels-inputs.ts';
import {
  channels,
  channelSettings,
  isForIntelligence,
} from '../../../../src/lib/core/calculators/update-channels-settings.ts';
import {
  describeUpdateChannels,
  updateChannelsBackground,
  readUpdateChannels,
  updateChannels,
  updateChannelsAlso,
  updateChannelsExample,
  UpdateChannelsInput,
  updateChannelsNeeds,
  updateChannelsSources,
} from '../../../../src/lib/core/calculators/update-channels.ts';
import { settingChange } from '../../../../src/lib/core/policy/setting-change.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { policyNamed } from '../policy/support/catalogue.ts';
import { powershellWords, readGroupPolicyCommand } from '../policy/support/read-commands.ts';
import { commandsOf, made, sheetOf, tableOf, textOf, warningsOf, whyOf } from './support/report-parts.ts';

type Ring = UpdateChannelsInput['rings'][number];
const ring = (
  name: string,
  platform: Ring['platform'],
  engine = platform,
  intelligence: Ring['intelligence'] = 'broad',
): Ring => ({
  name,
  gpo: `GPO ${name}`,
  platform,
  engine,
  intelligence,
});
const numbersOf = (one: Ring): (number | undefined)[] =>
  updateChannels({ source: 'microsoft-update', rings: [one] }).rings[0]?.channels.map(({ data }) => data) ?? [];
const notesOf = (...rings: Ring[]): readonly string[] => updateChannels({ source: 'microsoft-update', rings }).notes;

const ids = channels.map(({ id }) => id);
const daily = channels.filter(isForIntelligence).map(({ id }) => id);
const anyRing: fc.Arbitrary<Ring> = fc.record({
  name: fc.constantFrom('Pilot', 'Early', 'Production'),
  gpo: fc.constantFrom('MDAV_Settings_Pilot', "O'Brien’s ring"),
  platform: fc.constantFrom(...ids),
  engine: fc.constantFrom(...ids),
  intelligence: fc.constantFrom(...daily),
});

describe('the update channels', () => {
  it('give the worked example of the docstring', () => {
    const value = updateChannels(updateChannelsExample);
    expect(value.isRingControl).toBe(true);
    expect(value.rings.map(({ name, channels: chosen }) => [name, ...chosen.map(({ data }) => data)])).toEqual([
      ['Pilot', 2, 2, 4],
      ['Production', 6, 6, 5],
    ]);
    expect(value.notes).toEqual([
      'For security intelligence Staged is documented as the same as Broad; the ring guides count on about 3 hours between them. Do not plan with that time.',
    ]);
  });

  it.each(channelSettings.map((setting) => [setting.id, setting] as const))(
    'stand on the entry of the catalogue for %s',
    (id, setting) => {
      const { places, key, elements, enabled, disabled, preference } = policyNamed(id);
      expect(setting).toEqual({
        id,
        places,
        key,
        elements,
        enabled: { writes: enabled.writes },
        disabled: { writes: disabled.writes },
        preference,
      });
    },
  );

  it.each([
    ['beta', 2],
    ['preview', 3],
    ['staged', 4],
    ['broad', 5],
    ['delayed', 6],
    ['not-configured', undefined],
  ] as const)('write %s as %s for platform and engine', (id, number) => {
    expect(numbersOf(ring('R', id))).toEqual([number, number, 5]);
  });

  it('offer Staged, Broad and nothing for security intelligence, and all for the others', () => {
    expect(daily).toEqual(['staged', 'broad', 'not-configured']);
    expect(tableOf(updateChannelsBackground(), 'What can be chosen')).toEqual([
      ['Beta Channel: 2', 'tests only, few devices', 'yes', 'no'],
      ['Current Channel (Preview): 3', 'validation, earliest in the rollout', 'yes', 'no'],
      ['Current Channel (Staged): 4', 'about 10 % of devices', 'yes', 'yes'],
      ['Current Channel (Broad): 5', 'production, after the rollout', 'yes', 'yes'],
      ['Critical - Time delay: 6', 'critical devices, 48 hours later', 'yes', 'no'],
      ['Not Configured', 'whatever Microsoft assigns, perhaps early', 'yes', 'yes'],
    ]);
  });

  it('make the changes that the catalogue’s own rules make, and the same with Set-MpPreference', () => {
    fc.assert(
      fc.property(anyRing, (one) => {
        const [worked] = updateChannels({ source: 'microsoft-update', rings: [one] }).rings;
        const expected = [one.platform, one.engine, one.intelligence].map((id, index) => {
          const data = channels.find((channel) => channel.id === id)?.data;
          const setting = channelSettings[index] ?? channelSettings[0];
          return data === undefined
            ? settingChange(setting, 'not-configured')
            : settingChange(setting, 'enabled', { channel: data });
        });
        expect(made(worked?.changes).map(({ change }) => change)).toEqual(expected.map(made));

        const [command] = made(worked?.preference);
        const word = (id: string): string => channels.find((channel) => channel.id === id)?.word ?? '';
        expect(powershellWords(command?.text ?? '')).toEqual([
          'Set-MpPreference',
          '-PlatformUpdatesChannel',
          word(one.platform),
          '-EngineUpdatesChannel',
          word(one.engine),
          '-DefinitionUpdatesChannel',
          word(one.intelligence),
        ]);
      }),
    );
  });

  it('use the words that Set-MpPreference knows', () => {
    expect(channels.map(({ word }) => word).sort()).toEqual([
      'Beta',
      'Broad',
      'Delayed',
      'NotConfigured',
      'Preview',
      'Staged',
    ]);
  });

  it.each([
    ['wsus', 'approvals and synchronization times do.', true],
    ['configuration-manager', 'automatic deployment rules do.', false],
    ['file-share', 'the time at which files reach the share does.', false],
  ] as const)('are no ring control where updates come from %s', (source, instead, isUnconfirmed) => {
    const value = updateChannels({ ...updateChannelsExample, source });
    expect(value.isRingControl).toBe(false);
    expect(value.notes[0]).toBe(
      `Channels act on what clients take from Windows Update or Microsoft Update, so here they do not make the rings: ${instead}`,
    );
    expect(value.notes.some((note) => note.includes('not confirmed'))).toBe(isUnconfirmed);
    expect(warningsOf(describeUpdateChannels(value))).toEqual(value.notes);
  });

  it('never say that a client of WSUS does or does not filter by channel', () => {
    const { notes } = updateChannels({ ...updateChannelsExample, source: 'wsus' });
    for (const note of notes.filter((text) => text.includes('filter'))) expect(note).toContain('is not confirmed');
  });

  it.each([
    [
      'a production ring that gets updates first',
      [ring('Pilot', 'broad'), ring('Production', 'preview')],
      'Production gets platform updates before Pilot.',
    ],
    [
      'rings that get updates together',
      [ring('Pilot', 'broad'), ring('Production', 'broad')],
      'Pilot and Production get platform updates at the same time.',
    ],
    [
      'a later ring in Beta',
      [ring('Pilot', 'beta'), ring('Early', 'beta')],
      'Early: the Beta Channel is for tests on few devices only.',
    ],
    [
      'a channel that Microsoft assigns',
      [ring('Production', 'not-configured')],
      'Production: Microsoft assigns the channel of platform updates, which may be early. Not for critical devices.',
    ],
  ])('warn of %s', (_, rings, note) => {
    expect(notesOf(...rings)).toContain(note);
  });

  it('say nothing of rings that get updates one after the other', () => {
    expect(
      notesOf(ring('Pilot', 'preview', 'beta', 'staged'), ring('Production', 'broad', 'delayed', 'staged')),
    ).toEqual(['Pilot and Production get security intelligence updates at the same time.']);
  });

  it('warn of order between neighbours only where both channels are known', () => {
    fc.assert(
      fc.property(fc.array(anyRing, { minLength: 1, maxLength: 4 }), (rings) => {
        const notes = notesOf(...rings);
        const before = notes.filter((note) => / gets .* before /.test(note));
        let expected = 0;
        for (const [index, one] of rings.entries()) {
          const earlier = rings[index - 1];
          for (const kind of ['platform', 'engine', 'intelligence'] as const) {
            const [own, its] = [one, earlier].map((each) => channels.find(({ id }) => id === each?.[kind])?.data);
            if (own !== undefined && its !== undefined && own < its) expected++;
          }
        }
        expect(before).toHaveLength(expected);
      }),
    );
  });
});

describe('the report', () => {
  const report = describeUpdateChannels(updateChannels(updateChannelsExample));

  it('gives each ring its own object', () => {
    const set = commandsOf(report)
      .filter(({ text }) => text.startsWith('Set-GPRegistryValue'))
      .map(({ text }) => readGroupPolicyCommand(text));
    expect(set.map(({ gpo, valueName, type, data }) => [gpo, valueName, type, data])).toEqual([
      ['MDAV_Settings_Pilot', 'PlatformRing', 'DWord', '2'],
      ['MDAV_Settings_Pilot', 'EngineRing', 'DWord', '2'],
      ['MDAV_Settings_Pilot', 'SignaturesRing', 'DWord', '4'],
      ['MDAV_Settings_Production', 'PlatformRing', 'DWord', '6'],
      ['MDAV_Settings_Production', 'EngineRing', 'DWord', '6'],
      ['MDAV_Settings_Production', 'SignaturesRing', 'DWord', '5'],
    ]);
    for (const { key } of set) expect(key).toBe('HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender');
  });

  it('checks what Defender works with, and whether the gradual rollout is off', () => {
    expect(commandsOf(updateChannelsBackground()).at(-1)).toMatchObject({
      text: 'Get-MpPreference | Format-List PlatformUpdatesChannel, EngineUpdatesChannel, DefinitionUpdatesChannel, DisableGradualRelease',
    });
    expect(textOf(report)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('puts back exactly what was recorded, also what no template offers any more', () => {
    const rings = [
      {
        ...ring('Pilot', 'beta'),
        before: { PlatformRing: 'Not configured', EngineRing: 'Disabled', SignaturesRing: '6' },
      },
    ];
    const undo = commandsOf(describeUpdateChannels(updateChannels({ source: 'microsoft-update', rings })))
      .map(({ text }) => text)
      .filter((text) => / -Disable$|^Remove-GP|-ValueName 'SignaturesRing' -Type DWord -Value 6$/.test(text))
      .map((text) => readGroupPolicyCommand(text));
    expect(undo.map(({ action, valueName, data }) => [action, valueName, data])).toEqual([
      ['set', 'SignaturesRing', '6'],
      ['delete', 'EngineRing', undefined],
      ['unset', 'PlatformRing', undefined],
    ]);
  });
});

describe('the input', () => {
  const rings = [ring('Pilot', 'beta')];
  const source = 'microsoft-update';

  it.each([
    ['nothing', 'The channels must have a source and rings, and no other fields'],
    [{ source, rings, more: 1 }, 'The channels must have a source and rings, and no other fields'],
    [{ rings }, 'Select where clients get Defender updates'],
    [{ source }, 'Enter the rings'],
    [{ source, rings: [] }, 'Enter at least one ring'],
    [{ source, rings: [7] }, 'Each ring must have a name and three channels, and no unknown fields'],
    [{ source, rings: [{ ...ring('R', 'beta'), name: ' ' }] }, 'Enter the name of the ring'],
    [{ source, rings: [{ ...ring('R', 'beta'), gpo: '' }] }, 'Enter the ring GPO'],
    [{ source, rings: [{ ...ring('R', 'beta'), platform: 'fast' }] }, 'Select the channel of platform updates'],
    [{ source, rings: [{ ...ring('R', 'beta'), engine: undefined }] }, 'Select the channel of engine updates'],
    [
      { source, rings: [{ ...ring('R', 'beta'), intelligence: 5 }] },
      'Select the channel of security intelligence updates',
    ],
    [
      { source, rings: [ring('R', 'beta', 'beta', 'beta')] },
      'Security intelligence has no Beta Channel: select Staged, Broad or not configured',
    ],
    [
      { source, rings: [ring('R', 'beta', 'beta', 'delayed')] },
      'Security intelligence has no Critical - Time delay: select Staged, Broad or not configured',
    ],
    [{ source, rings: [{ ...ring('R', 'beta'), before: 5 }] }, 'Enter each answer as text'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(whyOf(UpdateChannelsInput(input))).toBe(why);
  });

  it('takes its example', () => {
    expect(UpdateChannelsInput(updateChannelsExample)).toEqual({ ok: true, value: updateChannelsExample });
  });

  const all = [...updateChannelsNeeds, ...updateChannelsAlso];
  const raw = {
    channelSource: 'microsoft-update',
    pilotPlatformChannel: 'beta',
    pilotEngineChannel: 'beta',
    pilotIntelligenceChannel: 'staged',
    productionPlatformChannel: 'delayed',
    productionEngineChannel: 'delayed',
    productionIntelligenceChannel: 'broad',
  };
  const read = (more: Readonly<Record<string, string>> = {}) =>
    readUpdateChannels(sheetOf({ ...raw, ...more }, all, updateChannelsInputs), '2026-11-02');

  it('comes from the sheet', () => {
    const more = {
      pilotGpo: 'MDAV_Settings_Pilot',
      productionGpo: 'MDAV_Settings_Production',
      pilotBeforeEngineRing: '5',
    };
    const [pilot, production] = updateChannelsExample.rings;
    expect(read(more)).toEqual({
      state: 'ready',
      input: {
        source: 'microsoft-update',
        rings: [
          { ...pilot, before: { EngineRing: '5' } },
          { ...production, before: {} },
        ],
      },
    });
  });

  it('waits for what is missing or wrong', () => {
    expect(readUpdateChannels({}, '')).toEqual({ state: 'waiting', waitsFor: updateChannelsNeeds });
    expect(read({ pilotIntelligenceChannel: 'delayed' })).toEqual({
      state: 'waiting',
      waitsFor: ['pilotIntelligenceChannel'],
    });
  });

  it('has a row of the vocabulary for everything it reads', () => {
    const rows: Readonly<Record<string, unknown>> = { ...inputs, ...updateChannelsInputs };
    for (const id of all) expect(rows[id], id).toBeDefined();
    expect(Object.keys(updateChannelsInputs).filter((id) => !all.includes(id))).toEqual([]);
  });
});

it('names its sources by address', () => {
  for (const { url, read } of updateChannelsSources) {
    expect(url).toMatch(/^https:\/\//);
    expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
  }
});
