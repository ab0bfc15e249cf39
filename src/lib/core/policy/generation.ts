/**
 * What a Group Policy console shows: the states of a setting and the generations of the templates. Apart from the
 * catalogue's schema, because pages in the browser need these and not that.
 */
/** The three states that the editor offers for a setting. */
export const policyStates = ['enabled', 'disabled', 'not-configured'] as const;
export type PolicyState = (typeof policyStates)[number];

/** The button of each state, as the setting's dialog writes it. */
export const stateButtons = { enabled: 'Enabled', disabled: 'Disabled', 'not-configured': 'Not Configured' } as const;

/** The Defender template generations, oldest first. The names of folders and titles changed; the registry did not. */
export const generations = [
  'windows-defender',
  'windows-defender-antivirus',
  'windows-defender-antivirus-1903',
  'microsoft-defender-antivirus',
] as const;
export type Generation = (typeof generations)[number];

/**
 * Any template generation. Windows Update has two of its own: `older` with one folder, `current` with several; a console
 * can show either together with any Defender generation.
 */
export type PlaceGeneration = Generation | 'older' | 'current';

/** Folders above every path of the catalogue, outermost first, as the editor shows them. */
export const pathAbove: readonly string[] = [
  'Computer Configuration',
  'Policies',
  'Administrative Templates',
  'Windows Components',
];
