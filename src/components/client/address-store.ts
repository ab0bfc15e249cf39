/**
 * Keeps the fields of a calculator's page in its address, after `#`: a link carries them, and no server ever sees them.
 */
import type { FieldStore } from './sheet-form.ts';

/** What stands after `#`, as fields; empty ones are left out. */
const readAddress = (): Map<string, string> => new Map(new URLSearchParams(location.hash.slice(1)));

export function addressStore(): FieldStore {
  const keep = (id: string, raw: string): void => {
    const fields = new URLSearchParams(location.hash.slice(1));
    if (raw === '') fields.delete(id);
    else fields.set(id, raw);
    // In place, so that "back" leaves the page instead of undoing keystrokes.
    history.replaceState(null, '', `#${fields}`);
  };
  return {
    values: readAddress,
    typeValue: keep,
    setValue: keep,
    onChange: (listener) => addEventListener('hashchange', () => listener({ values: new Set(), all: true })),
  };
}
