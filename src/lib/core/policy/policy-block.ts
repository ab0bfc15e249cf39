/**
 * Builds the block that a runbook's `<Policy>` compiles to: what to choose, what it writes, and the commands, with
 * holes where the sheet's values will stand. Fixed data is checked and quoted at once, so that a runbook with a
 * token that nobody knows does not build.
 */
import type { CommandPart } from '../commands/command.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { PolicyBlock, RegistryRow } from '../runbook/model.ts';
import type { PolicyState } from './generation.ts';
import { mdmSetting } from './mdm.ts';
import type { Policy } from './policy.ts';
import {
  groupPolicyTemplates,
  settingTemplate,
  type Clicks,
  type Datum,
  type Hole,
  type RegistryWrite,
  type SettingChange,
} from './setting-change.ts';

/** What an author says about a policy. */
export interface PolicyUse {
  readonly state: PolicyState;
  /** By element id: one fixed text, or one hole. */
  readonly values: Readonly<Record<string, readonly CommandPart[]>>;
  /** Name of the sheet value that holds the Group Policy Object's display name. */
  readonly gpo?: string | undefined;
  /** Where the change is made; Group Policy when absent. */
  readonly in?: 'intune' | undefined;
}

/**
 * Compiles one use of a policy.
 *
 * A policy of the Defender templates gets one place for each generation that has it. One of the Windows Update
 * templates gets a single place, `any`, because those follow generations of their own; the older folder is named in the effect.
 *
 * @returns The block, or a sentence that says which data breaks which rule.
 * @example policyBlock(detectionFrequency, { state: 'enabled', values: { hours: [{ text: '30' }] } })
 *   //=> { ok: false, why: '`hours` must be 22 or less.' }
 */
export function policyBlock(policy: Policy, use: PolicyUse): Result<PolicyBlock> {
  const values: Record<string, Datum | Hole> = {};
  for (const [id, parts] of Object.entries(use.values)) {
    const [only] = parts;
    if (only === undefined || parts.length > 1) return refuse(`Give \`${id}\` one fixed text, or one value by name.`);
    values[id] = 'text' in only ? only.text : { of: only.of };
  }
  const change = settingTemplate(policy, use.state, values);
  if (!change.ok) return change;
  const fixed = Object.fromEntries([
    ['state', use.state],
    ...Object.entries(values).flatMap(([id, datum]) => (typeof datum === 'object' ? [] : [[id, String(datum)]])),
  ]) as Readonly<Record<string, string>>;
  if (use.in === 'intune') return intuneBlock(policy, change.value, fixed);

  const commands = use.gpo === undefined ? ok([]) : groupPolicyTemplates(change.value, { of: use.gpo });
  if (!commands.ok) return commands;

  const isOlder = (click: Clicks<Datum | Hole>): boolean => click.generation === 'older';
  const older = change.value.clicks.find(isOlder);
  const newest = change.value.clicks.findLast((click) => !isOlder(click));
  const rows = policy.template === 'WindowsUpdate.admx' && newest ? [newest] : change.value.clicks;
  const effect = policy[use.state === 'not-configured' ? 'notConfigured' : use.state].effect;
  return ok({
    type: 'policy',
    id: policy.id,
    state: use.state,
    places: rows.map(({ generation, path, title }) => ({
      generation: generation === 'current' ? 'any' : generation,
      path: [...path],
      title,
    })),
    // The newest labels: a block has one set of rows, and older templates print the setting's own title there.
    options: (newest?.options ?? []).map(({ label, data }) => ({ label, data: toParts(data) })),
    registry: change.value.writes.map(registryRow),
    effect: older ? `${effect} Older templates have this setting directly in ${older.path.join(' > ')}.` : effect,
    fixed,
    commands: commands.value.map(({ parts }) => [...parts]),
  });
}

function intuneBlock(
  policy: Policy,
  change: SettingChange<Datum | Hole>,
  fixed: PolicyBlock['fixed'],
): Result<PolicyBlock> {
  const setting = mdmSetting(policy, change);
  if (!setting.ok) return setting;
  const { uri, dataType, value, catalog, entry, effect } = setting.value;
  const { state } = change;
  return ok({
    type: 'policy',
    id: policy.id,
    state,
    places: [],
    options: [],
    registry: [],
    effect: effect ?? policy[state === 'not-configured' ? 'notConfigured' : state].effect,
    fixed,
    commands: [],
    intune: {
      uri,
      ...(catalog && { catalog }),
      ...(value !== undefined && { value: { dataType, data: toParts(value), ...(entry !== undefined && { entry }) } }),
    },
  });
}

const toParts = (data: Datum | Hole): CommandPart[] => [typeof data === 'object' ? data : { text: String(data) }];

/** A value that is deleted or left out has no type; the row says so in words where the data would stand. */
function registryRow(write: RegistryWrite<Datum | Hole>): RegistryRow {
  const row = { key: `HKLM\\${write.key}`, valueName: write.valueName };
  if ('data' in write) return { ...row, type: write.type, data: toParts(write.data) };
  const words = 'delete' in write ? 'deleted on clients' : 'not in the Group Policy Object';
  return { ...row, type: 'none', data: [{ text: words }] };
}
