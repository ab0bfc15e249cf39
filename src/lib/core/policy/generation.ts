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

/** What a generation is called: the Windows whose templates have it. */
export const generationNames: Readonly<Record<PlaceGeneration, string>> = {
  'windows-defender': 'Windows 8.1 to Windows 10, 1607',
  'windows-defender-antivirus': 'Windows 10, 1703 to 1809',
  'windows-defender-antivirus-1903': 'Windows 10, 1903',
  'microsoft-defender-antivirus': 'Windows 10, 21H2, and Windows 11',
  older: 'Older templates',
  current: 'Current templates',
};

/** Folders above every path of the catalogue, outermost first, as the editor shows them. */
export const pathAbove: readonly string[] = [
  'Computer Configuration',
  'Policies',
  'Administrative Templates',
  'Windows Components',
];
