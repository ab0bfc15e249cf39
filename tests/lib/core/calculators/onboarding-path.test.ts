import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectionMixes,
  configMgrVersions,
  describeOnboardingPath,
  onboardingPath,
  onboardingPathAlso,
  onboardingPathExample,
  OnboardingPathInput,
  onboardingPathNeeds,
  onboardingPathSources,
  onboardingSystems,
  readOnboardingPath,
  type OnboardingPath,
} from '../../../../src/lib/core/calculators/onboarding-path.ts';
import { onboardingPathInputs } from '../../../../src/lib/core/calculators/onboarding-path-inputs.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';

const path = (system: string, configMgr = '2409', mix = 'no-mma'): OnboardingPath => {
  const read = OnboardingPathInput({ system, configMgr, mix });
  if (!read.ok) throw new Error(read.why);
  return onboardingPath(read.value);
};
const textOf = (report: Report): string => JSON.stringify(report);
const anyInput = fc
  .record({
    system: fc.constantFrom(...Object.keys(onboardingSystems)),
    configMgr: fc.constantFrom(...Object.keys(configMgrVersions)),
    mix: fc.constantFrom(...Object.keys(collectionMixes)),
  })
  .map(({ system, configMgr, mix }) => path(system, configMgr, mix));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    expect(onboardingPath(onboardingPathExample)).toEqual({
      ...onboardingPathExample,
      way: 'mde-client',
      level: 'down-level',
      needsWorkspace: false,
      needs: [
        'subscription',
        'server-license',
        'role',
        'endpoint-protection-point',
        'oobe',
        'client-setting',
        'updates-2016',
      ],
      notes: ['leave-mma', 'tool-too', 'lifecycle'],
    });
    expect(OnboardingPathInput(onboardingPathExample)).toEqual({ ok: true, value: onboardingPathExample });
  });
});

describe('the decision table', () => {
  it.each([
    // system, Configuration Manager, way, level, the row of the table
    ['windows-11', '2409', 'onboarding-file', 'up-level', 'up-level'],
    ['windows-10-1709', '2207', 'onboarding-file', 'up-level', 'in both lists'],
    ['windows-10-1607', '2409', 'onboarding-file', 'up-level', 'in one list only'],
    ['windows-10-older', '2409', 'unsupported', 'none', 'in no list'],
    ['server-sac-1803', '2409', 'onboarding-file', 'up-level', 'from 1803'],
    ['server-2019', '2207', 'onboarding-file', 'up-level', 'up-level'],
    ['server-2022', 'older', 'onboarding-file', 'up-level', 'the file needs no client setting'],
    ['server-2025', '2409', 'onboarding-file', 'up-level', 'client supported from 2409'],
    ['server-2025', '2207', 'unsupported', 'up-level', 'client not supported before 2409'],
    ['server-2016', '2409', 'mde-client', 'down-level', 'client setting'],
    ['server-2016', '2207', 'mde-client', 'down-level', 'the first version with the setting'],
    ['server-2016', '2107', 'migrate', 'down-level', 'policies only'],
    ['server-2012-r2', '2207', 'mde-client', 'down-level', 'client setting'],
    ['server-2012-r2', 'older', 'migrate', 'down-level', 'neither'],
    ['windows-8.1', '2409', 'mma', 'down-level', 'MMA only'],
    ['windows-7-sp1', '2409', 'tool-or-mma', 'none', 'not in the article'],
    ['server-2008-r2-sp1', '2409', 'tool-or-mma', 'none', 'not in the article'],
    ['other', '2409', 'unsupported', 'none', 'in no list'],
  ])('takes %s with %s to %s (%s): %s', (system, configMgr, way, level) => {
    expect(path(system, configMgr)).toMatchObject({ way, level });
  });

  it.each([
    ['windows-10-1607', '2409', 'check-1607'],
    ['server-sac-1803', '2409', 'sac-over'],
    ['server-2025', '2409', 'server-2025-unlisted'],
    ['server-2025', '2107', 'configmgr-2409'],
    ['server-2016', '2107', 'configmgr-2207'],
    ['windows-11', '2107', 'configmgr-unknown'],
    ['windows-8.1', '2409', 'mma-retired'],
    ['windows-7-sp1', '2409', 'tool-preview'],
    ['server-2025', '2107', 'tool-too'],
    ['windows-10-1709', '2409', 'tool-too'],
    ['other', '2409', 'not-listed'],
  ] as const)('notes for %s with %s: %s', (system, configMgr, note) => {
    expect(path(system, configMgr).notes).toContain(note);
  });

  it.each([
    ['windows-11', ['subscription', 'role', 'endpoint-protection-point', 'oobe']],
    ['server-2012-r2', expect.arrayContaining(['server-license', 'client-setting', 'rollup-2012-r2'])],
    ['windows-8.1', expect.arrayContaining(['client-setting-mma', 'workspace'])],
    ['server-2008-r2-sp1', expect.arrayContaining(['tool-kbs', 'tool-net', 'mma-version', 'workspace'])],
    ['other', []],
  ])('asks for %s: %j', (system, needs) => {
    expect(path(system).needs).toEqual(needs);
  });
});

it('names the deployment tool only for systems on its list', () => {
  for (const system of ['windows-10-1607', 'windows-10-older', 'windows-8.1', 'server-sac-1803', 'other']) {
    expect(path(system).notes).not.toContain('tool-too');
  }
  for (const system of ['windows-7-sp1', 'server-2008-r2-sp1']) {
    expect(path(system)).toMatchObject({ way: 'tool-or-mma', notes: expect.not.arrayContaining(['tool-too']) });
    expect(path(system).needs).not.toContain('role');
  }
});

describe('a mixed collection', () => {
  it('needs workspace ID and key, and says that splitting is better', () => {
    const value = path('windows-11', '2409', 'with-mma');
    expect(value.needsWorkspace).toBe(true);
    expect(value.notes).toEqual(['mixed', 'mma-retired', 'tool-too', 'lifecycle']);
    expect(textOf(describeOnboardingPath(value))).toContain('give them a collection and a policy of their own');
  });

  it('takes Windows Server 2016 the legacy way, which is said', () => {
    expect(path('server-2016', '2409', 'with-mma').notes).toContain('mixed-servers');
    expect(path('server-2016', '2409', 'no-mma').notes).not.toContain('mixed-servers');
  });

  it('changes nothing for what cannot be onboarded with a policy', () => {
    for (const system of ['other', 'windows-7-sp1']) {
      expect(path(system, '2409', 'with-mma').notes).toEqual(path(system).notes);
    }
  });
});

describe('any path', () => {
  it('never leads a new server to the legacy agent', () => {
    fc.assert(
      fc.property(anyInput, ({ system, way }) => {
        if (/^server-20(1[269]|2)/.test(system)) expect(['mma', 'tool-or-mma']).not.toContain(way);
      }),
    );
  });

  it('always warns where the legacy agent comes in', () => {
    fc.assert(
      fc.property(anyInput, (value) => {
        expect(value.notes.includes('mma-retired')).toBe(value.needsWorkspace);
        expect(value.needs.includes('workspace')).toBe(value.needsWorkspace);
      }),
    );
  });

  it('shows clicks only where a policy is the way, and never a command', () => {
    fc.assert(
      fc.property(anyInput, (value) => {
        const report = describeOnboardingPath(value);
        const byPolicy = ['onboarding-file', 'mde-client', 'mma'].includes(value.way);
        expect(report.some(({ kind }) => kind === 'path')).toBe(byPolicy);
        expect(report.some(({ kind }) => kind === 'command')).toBe(false);
        expect(textOf(report)).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });

  it('says that the state of the legacy agent is unconfirmed wherever it speaks of its retirement', () => {
    fc.assert(
      fc.property(anyInput, (value) => {
        for (const part of describeOnboardingPath(value)) {
          if ('text' in part && part.text.includes('31 August 2024')) expect(part.text).toContain('Unconfirmed');
        }
      }),
    );
  });
});

describe('the report', () => {
  it('of an unsupported system begins with a warning', () => {
    expect(describeOnboardingPath(path('other'))[0]).toMatchObject({ kind: 'warning' });
    expect(describeOnboardingPath(path('windows-11'))[0]).toMatchObject({ kind: 'sentence' });
  });

  it('shows the client setting to the letter', () => {
    expect(describeOnboardingPath(path('server-2016'))).toContainEqual({
      kind: 'path',
      label: 'Set the client setting',
      steps: [
        'Administration',
        'Client Settings',
        'Endpoint Protection',
        'Microsoft Defender for Endpoint Client on Windows Server 2012 R2 and Windows Server 2016',
        'MDE Client (recommended)',
      ],
    });
  });

  it('names what it was decided for', () => {
    expect(describeOnboardingPath(path('server-2025', '2207'))[1]).toMatchObject({
      rows: [
        { label: 'Operating system', value: 'Windows Server 2025 (up-level)' },
        { label: 'Configuration Manager', value: '2207 to 2403' },
        { label: 'Collection', value: 'Only systems that need no Microsoft Monitoring Agent' },
      ],
    });
  });
});

describe('the input', () => {
  const good = { system: 'windows-11', configMgr: '2409', mix: 'no-mma' };
  it.each([
    ['nothing', 'Enter the operating system, the version and the collection'],
    [{ ...good, system: undefined }, 'Select the operating system'],
    [{ ...good, system: 'windows-95' }, 'Select the operating system'],
    [{ ...good, configMgr: '2403' }, 'Select the version of Configuration Manager'],
    [{ ...good, mix: 'yes' }, 'Select what else is in the collection'],
    [{ ...good, workspaceKey: 'secret' }, 'The onboarding path must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(OnboardingPathInput(input)).toEqual({ ok: false, why });
  });

  it('comes from the sheet', () => {
    const read = (raw: Readonly<Record<string, string>>) =>
      readOnboardingPath(makeSheet(raw, onboardingPathInputs, { today: '2026-11-20' }));
    expect(read({ onboardSystem: 'server-2016', onboardConfigMgr: '2409', onboardMix: 'no-mma' })).toEqual({
      state: 'ready',
      input: onboardingPathExample,
    });
    expect(read({ onboardSystem: 'server-2016', onboardConfigMgr: '1' })).toEqual({
      state: 'waiting',
      waitsFor: ['onboardConfigMgr', 'onboardMix'],
    });
    expect(readOnboardingPath({})).toEqual({ state: 'waiting', waitsFor: [...onboardingPathNeeds] });
    expect(onboardingPathAlso).toEqual([]);
  });

  it('has a choice for each value, the newest version of Configuration Manager first', () => {
    const optionsOf = (id: string) => onboardingPathInputs[id]?.options?.map(({ value }) => value);
    expect(optionsOf('onboardSystem')).toEqual(Object.keys(onboardingSystems));
    expect(optionsOf('onboardConfigMgr')).toEqual(['2409', '2207', '2107', 'older']);
    expect(optionsOf('onboardMix')).toEqual(Object.keys(collectionMixes));
    expect(onboardingPathSources.every(({ url, title }) => url.startsWith('https://') && title !== '')).toBe(true);
  });
});
