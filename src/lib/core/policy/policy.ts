/**
 * The shape of the policy catalogue: each Group Policy setting once, with where it stands in every generation of
 * the templates, what it writes to the registry in each state, and where that is known from.
 *
 * This file knows no policy by name; the policies are content.
 */
import { generations, type PlaceGeneration } from './generation.ts';
import * as z from 'zod/mini';

const TemplateFile = z.enum(['WindowsDefender.admx', 'WindowsUpdate.admx'], {
  error: '`template` must be WindowsDefender.admx or WindowsUpdate.admx.',
});

/** Which generations a template file has; a policy accounts for each of them once. */
const generationsOf: Readonly<Record<z.infer<typeof TemplateFile>, readonly PlaceGeneration[]>> = {
  'WindowsDefender.admx': generations,
  'WindowsUpdate.admx': ['older', 'current'],
};

const placeGeneration: z.ZodMiniType<PlaceGeneration> = z.enum([...generations, 'older', 'current'], {
  error: 'Name a Defender template generation, or `older` or `current` for Windows Update.',
});

/** A misspelt key is named. */
const strict = <T extends Readonly<Record<string, z.ZodMiniType>>>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Take out ${issue.keys.map((name) => `\`${name}\``).join(', ')}; the keys here are ${Object.keys(shape).join(', ')}.`
        : 'Give an object in braces.',
  });
const text = (name: string) => {
  const error = `Give \`${name}\` as text.`;
  return z.string({ error }).check(z.minLength(1, { error }));
};
const list = <T extends z.ZodMiniType>(item: T, name: string) =>
  z.array(item, { error: `Give \`${name}\` as a list.` });
const idOf = (thing: string) => {
  const error = `The id of ${thing} is lower-case words joined by hyphens.`;
  return z.string({ error }).check(z.regex(/^[a-z]+(-[a-z]+)*$/, { error }));
};

/** Where a setting stands in some generations, and what it is called there. */
const Place = strict({
  generations: list(placeGeneration, 'generations').check(z.minLength(1, { error: 'Name at least one generation.' })),
  /** Folders below Computer Configuration > Policies > Administrative Templates > Windows Components. */
  path: list(text('path'), 'path').check(z.minLength(1, { error: 'Give at least one folder in `path`.' })),
  /** The setting's title, letter by letter. */
  title: text('title'),
  /** Labels of elements, by element id, where these generations print another one. */
  labels: z.optional(z.record(z.string(), text('labels'))),
});

const keyError = 'A key has no hive and begins with SOFTWARE\\Policies\\.';
const key = z.string({ error: keyError }).check(z.regex(/^SOFTWARE\\Policies(\\[^\\]+)+$/, { error: keyError }));

const maxLength = z
  .int({ error: '`maxLength` must be a whole number.' })
  .check(z.minimum(1, { error: '`maxLength` must be 1 or more.' }));
/** What a REG_DWORD can hold. */
const wholeNumber = z
  .int({ error: 'A registry number must be a whole number.' })
  .check(
    z.minimum(0, { error: 'A registry number must be 0 or more.' }),
    z.maximum(4_294_967_295, { error: 'A registry number must be 4294967295 or less.' }),
  );

/** What the data of an element may be. Lengths are in characters, bounds are included. */
const DataRule = z.discriminatedUnion(
  'is',
  [
    /** One or more of the tokens, each once, joined by `|`, nothing else. */
    strict({ is: z.literal('sources'), tokens: list(text('tokens'), 'tokens'), maxLength }),
    /** UNC paths joined by `|`; at most `most` of them. */
    strict({ is: z.literal('shares'), most: z.optional(wholeNumber), maxLength }),
    /** `http://` or `https://`, host, and the port where it is not the scheme's own. */
    strict({ is: z.literal('url'), maxLength }),
    /** Names of WSUS computer groups, joined by `;`. */
    strict({ is: z.literal('group-names'), maxLength }),
    strict({ is: z.literal('text'), maxLength }),
    strict({ is: z.literal('whole-number'), min: wholeNumber, max: wholeNumber }),
    /** A list on screen; `data` is what the registry gets. */
    strict({
      is: z.literal('choice'),
      options: list(strict({ data: wholeNumber, label: text('label') }), 'options'),
    }),
  ],
  { error: '`is` must be sources, shares, url, group-names, text, whole-number or choice.' },
);

/** One box, list or number of the setting's Options pane. */
export const PolicyElement = strict({
  /** What authors write as the attribute's name. */
  id: idOf('an element'),
  /** The label on screen, letter by letter, in the newest generation. */
  label: text('label'),
  /** The policy's own key when absent. */
  key: z.optional(key),
  valueName: text('valueName'),
  type: z.enum(['REG_SZ', 'REG_DWORD'], { error: '`type` must be REG_SZ or REG_DWORD.' }),
  data: DataRule,
  /** An enabled policy must be given this one; what is not given is left as the editor shows it. */
  required: z.boolean({ error: '`required` must be true or false.' }),
});
export type PolicyElement = z.infer<typeof PolicyElement>;

/** A number that a state writes beside the elements. */
const FixedWrite = strict({
  key: z.optional(key),
  valueName: text('valueName'),
  type: z.literal('REG_DWORD', { error: '`type` of a fixed write must be REG_DWORD.' }),
  data: wholeNumber,
});
/** An instruction to clients to delete the value, which is what the editor writes for a disabled text box. */
const FixedDelete = strict({
  key: z.optional(key),
  valueName: text('valueName'),
  delete: z.literal(true, { error: '`delete` must be true.' }),
});

const effectError = '`effect` is a whole sentence: a capital first, a full stop last.';
const effect = z.string({ error: effectError }).check(z.regex(/^[A-Z].*\.$/, { error: effectError }));

const omaUriError =
  '`uri` begins with ./Device/Vendor/MSFT/Policy/Config/ or ./Device/Vendor/MSFT/Defender/Configuration/.';
const numbered = strict({ data: wholeNumber, label: text('label') });

/** How Intune and other MDM services take a setting. */
const Mdm = strict({
  uri: z.string({ error: omaUriError }).check(
    z.regex(/^\.\/Device\/Vendor\/MSFT\/(Policy\/Config\/[A-Za-z_]+|Defender\/Configuration)\/[A-Za-z]+$/, {
      error: omaUriError,
    }),
  ),
  /** Where the Settings Catalog and the endpoint security profiles have it, letter by letter. */
  catalog: z.optional(
    strict({
      category: text('category'),
      name: text('name'),
      /** A value of several parts goes into boxes there, one for each part between `|`. */
      isList: z.optional(z.literal(true, { error: '`isList` must be true, or left out.' })),
    }),
  ),
  /** The first words of what its list offers, where the template has no list with the same words. */
  choices: z.optional(list(numbered, 'choices')),
  /** The value that stands for Not Configured, where MDM has one. */
  unset: z.optional(numbered),
  /** What devices do when the setting is Not Configured there. */
  notConfigured: effect,
});

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const isNumber = ({ data }: PolicyElement): boolean => data.is === 'whole-number' || data.is === 'choice';

/**
 * One Group Policy setting of the computer half.
 *
 * Strict, so that a misspelt key stops the build.
 */
export const Policy = strict({
  id: idOf('a policy'),
  /** Name of the policy in its template file. */
  admx: text('admx'),
  template: TemplateFile,
  places: list(Place, 'places'),
  /** Generations in whose templates this setting was not seen. */
  notSeenIn: z.optional(list(placeGeneration, 'notSeenIn')),
  key,
  elements: list(PolicyElement, 'elements'),
  enabled: strict({ effect, writes: list(FixedWrite, 'writes') }),
  disabled: strict({
    effect,
    writes: list(
      z.union([FixedWrite, FixedDelete], { error: 'A write of `disabled` has either `data` or `delete`.' }),
      'writes',
    ),
  }),
  notConfigured: strict({ effect }),
  /** The same setting in MDM, where it takes the same values as the registry. */
  mdm: z.optional(Mdm),
  /** The parameter of Set-MpPreference, and the field of Get-MpPreference, for the same setting. */
  preference: z.optional(z.string().check(z.regex(/^[A-Za-z]+$/, { error: '`preference` is one parameter name.' }))),
  sources: list(
    strict({
      cite: text('cite'),
      url: z.url({ protocol: /^https$/, error: 'Give each source a web address that begins with https://.' }),
    }),
    'sources',
  ).check(z.minLength(1, { error: 'Name at least one source.' })),
}).check(
  z.refine(
    (policy) => {
      const named = [...policy.places.flatMap((place) => place.generations), ...(policy.notSeenIn ?? [])];
      return named.sort().join() === [...generationsOf[policy.template]].sort().join();
    },
    { error: 'Name each generation of the template once, in `places` or in `notSeenIn`.' },
  ),
  z.refine((policy) => isUnique(policy.elements.map((element) => element.id)), {
    error: 'Give each element an id of its own.',
  }),
  z.refine(
    (policy) =>
      isUnique(
        [...policy.elements, ...policy.enabled.writes].map((write) =>
          `${write.key ?? policy.key}\\${write.valueName}`.toLowerCase(),
        ),
      ),
    { error: 'Each registry value is written by one element or one fixed write.' },
  ),
  z.refine((policy) => policy.elements.every((element) => (element.type === 'REG_DWORD') === isNumber(element)), {
    error: 'Whole numbers and choices are REG_DWORD, everything else is REG_SZ.',
  }),
  z.refine(
    (policy) =>
      policy.places.every((place) =>
        Object.keys(place.labels ?? {}).every((id) => policy.elements.some((element) => element.id === id)),
      ),
    { error: '`labels` names an element that the policy does not have.' },
  ),
);
export type Policy = z.infer<typeof Policy>;
