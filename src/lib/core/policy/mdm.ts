/**
 * A setting as Intune or another MDM service takes it: its name in the Settings Catalog, or the OMA-URI with data type
 * and value. Made from the same change as the other forms, so that all of them say the same.
 */
import { ok, refuse, type Result } from '../result.ts';
import { stateButtons } from './generation.ts';
import type { Policy } from './policy.ts';
import { isHole, type Datum, type Hole, type PolicySetting, type SettingChange } from './setting-change.ts';

/** The part of a policy that this form is made from. */
export type MdmPolicy = PolicySetting & Pick<Policy, 'mdm'>;

export interface MdmSetting<D extends Datum | Hole = Datum> {
  readonly uri: string;
  readonly dataType: 'String' | 'Integer';
  /** The exact value; absent where the setting is taken out of the profile. */
  readonly value?: D;
  /** Its place in the Settings Catalog; a list takes one box for each part between `|`. */
  readonly catalog?: { readonly category: string; readonly name: string; readonly isList: boolean };
  /** What the entry to select there begins with, where the catalog offers a list of entries. */
  readonly entry?: string;
  /** Only where the setting is taken back: what devices do then. */
  readonly effect?: string;
}

/**
 * The change for MDM.
 *
 * Not Configured is the value that MDM has for it, or the setting taken out of the profile. Disabled exists only where
 * the template writes a number for it; a setting whose value Disabled deletes has no such state in MDM.
 *
 * @returns The setting, or a sentence that says why MDM cannot have it like this.
 * @example mdmSetting(orderOfSources, change).value.value //=> 'MicrosoftUpdateServer|MMPC'
 */
export function mdmSetting<D extends Datum | Hole>(
  policy: MdmPolicy,
  change: SettingChange<D>,
): Result<MdmSetting<D | number>> {
  const { mdm } = policy;
  if (!mdm) return refuse('The catalogue knows no MDM setting for this policy. Set it by Group Policy.');
  const { uri, catalog, choices, unset } = mdm;
  const values = [...policy.elements, ...policy.enabled.writes];
  const dataType = values.every(({ type }) => type === 'REG_SZ') ? 'String' : 'Integer';
  const place = {
    uri,
    dataType,
    ...(catalog && { catalog: { ...catalog, isList: catalog.isList === true } }),
  } as const;

  if (change.state === 'not-configured') {
    const effect = mdm.notConfigured;
    return ok(unset ? { ...place, value: unset.data, entry: unset.label, effect } : { ...place, effect });
  }
  const [write, ...more] = change.writes;
  if (!write || !('data' in write)) {
    return refuse(
      write
        ? `MDM has no ${stateButtons[change.state]} for this setting: make it Not Configured instead.`
        : 'This change writes nothing. Give the setting a value.',
    );
  }
  if (more.length > 0) return refuse('MDM takes one value for this setting, and the change has several.');
  const entry = entryOf(policy, choices, write.data);
  return ok({ ...place, value: write.data, ...(entry !== undefined && { entry }) });
}

/** What the list of the Settings Catalog shows for a number. */
function entryOf(
  policy: MdmPolicy,
  choices: NonNullable<Policy['mdm']>['choices'],
  data: Datum | Hole,
): string | undefined {
  if (isHole(data)) return undefined;
  const [element] = policy.elements;
  const options = choices ?? (element?.data.is === 'choice' ? element.data.options : []);
  return options.find((option) => option.data === data)?.label;
}
