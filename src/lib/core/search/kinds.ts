/** What an entry of the search can be, as it is shown beside it. The index names a kind by its place here. */
export const entryKinds = ['Runbook', 'Task', 'Step', 'Gate', 'Calculator', 'Policy', 'Guide'] as const;
export type EntryKind = (typeof entryKinds)[number];
