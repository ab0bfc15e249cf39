/**
 * What counts as an answer, by the kind of the field: one sentence each, and the first rule that fails is the one shown.
 *
 * This reaches every reader's browser, where a field is known by its kind and label from the page itself; the vocabulary
 * with all labels, hints and examples (`inputs.ts`) stays in the build.
 */
import { refusedCharacter } from '../commands/text-rules.ts';
import { firstFault, must, type Rule } from '../shape.ts';
import { sourceTokens } from '../calculators/order-notes.ts';
import { isCalendarDate, isZone } from './zones.ts';

/** What a cell holds once it is known. Numbers are whole; yes/no inputs hold the text `yes` or `no`. */
export type CellValue = string | number;

/** Which control suits the field. `exact` is text that is kept to the letter, spaces at its ends included. */
export type InputKind =
  | 'host'
  | 'port'
  | 'count'
  | 'yes-no'
  | 'choice'
  | 'time'
  | 'zone'
  | 'date'
  | 'text'
  | 'exact'
  | 'gpo'
  | 'group'
  | 'ou'
  | 'sources'
  | 'path';

/** A field as far as reading it goes. */
export interface Field {
  readonly label: string;
  readonly kind: InputKind;
  /** Largest number, with `count` only. */
  readonly largest?: number | undefined;
  /** What a number counts, for a word after the field. */
  readonly unit?: string | undefined;
  /** What can be chosen; with `choice` and `yes-no` only. */
  readonly options?: readonly { readonly value: string; readonly label: string }[] | undefined;
  /** Named so that text can speak of it; has no field, and is never read, stored, printed or put into a command. */
  readonly secret?: true | undefined;
  /** A rule of this field alone, after those of its kind: what is wrong, or nothing. */
  readonly fault?: ((text: string) => string | undefined) | undefined;
}

/** What the text of a field means: `text` is for readers, `value` for commands and branches. */
export type Reading =
  | { readonly state: 'given'; readonly value: CellValue; readonly text: string }
  | { readonly state: 'missing' }
  /** `message` is the sentence beside the field. */
  | { readonly state: 'wrong'; readonly message: string };

// --- Rules: one sentence each, the first that fails is the one shown -------------------------------------------

const demand = (pattern: RegExp, why: string): Rule => must((text) => pattern.test(text), why);
const forbid = (pattern: RegExp, why: string): Rule => must((text) => !pattern.test(text), why);
const atMost = (label: string, length: number): Rule =>
  must((text) => text.length <= length, `${label} must be ${length} characters or fewer`);

const apostrophes = /['\u2018-\u201b]/;

const wholeNumberRules = (label: string, largest: number, unit: string, comparison: string): Rule[] => [
  forbid(/^[+-]?\d+[.,]\d+$/, `${label} must be a whole number`),
  demand(/^\d+$/, `${label} must be written in digits 0 to 9 only`),
  must((text) => Number(text) >= 1, `${label} must be 1 or more`),
  must((text) => Number(text) <= largest, `${label} must be ${largest}${unit} ${comparison}`),
];

const numbersOfIp = /^\d+(\.\d+)+$/;
const ipv4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;

/** DNS names as Windows takes them (Microsoft KB 909264) and IPv4 addresses. 255 octets on the wire leave 253 characters. */
const hostRules = (label: string): Rule[] => [
  forbid(
    /^\[?[\da-f]*:[\da-f]*:[\da-f:.%\]]*$/i,
    `${label} must be a name or an IPv4 address such as 192.0.2.10, not an IPv6 address`,
  ),
  forbid(/[/\\:]/, `${label} must be the name only, without http://, port or path`),
  forbid(/\s/, `${label} must not contain spaces`),
  forbid(/_/, `${label} must not contain underscores; use the name that DNS knows`),
  forbid(/[^a-z\d.-]/i, `${label} must contain only letters a to z, digits, hyphens and dots`),
  atMost(label, 253),
  forbid(/^\.|\.$|\.\./, `${label} must not start or end with a dot, or have two dots in a row`),
  forbid(/[^.]{64}/, `${label} must have 63 characters or fewer between its dots`),
  forbid(/(^|\.)-|-(\.|$)/, `${label} must not have a hyphen at the start or end, or beside a dot`),
  must(
    (text) => !numbersOfIp.test(text) || ipv4.test(text),
    `${label} must have four numbers from 0 to 255 if it is an IPv4 address`,
  ),
  must((text) => ipv4.test(text) || !/(^|\.)\d+$/.test(text), `${label} must not end in a part of digits only`),
];

const clock = /^(\d\d?):(\d\d)(?::\d\d)?(?:\s*([ap])\.?m\.?)?$/i;
/** `5:00 PM` and `17:00` as `17:00`. */
function toClock24(text: string): string {
  const [, hour = '', minute = '', half] = clock.exec(text) ?? [];
  const hour24 = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return `${String(hour24).padStart(2, '0')}:${minute}`;
}

const timeRules = (label: string): Rule[] => [
  demand(clock, `${label} must have hours and minutes, for example 17:00 or 5:00 PM`),
  forbid(/:\d\d:(?!00)/, `${label} must be a whole minute`),
  forbid(/^(0?0|1[3-9]|[2-9]\d):.*m/i, `${label} must have an hour from 1 to 12 before AM or PM`),
  forbid(/^(2[4-9]|[3-9]\d):|:[6-9]\d/, `${label} must be from 00:00 to 23:59`),
];

const zoneRules = (label: string): Rule[] => [
  forbid(
    /\b(standard|daylight) time\b|^\(/i,
    `${label} must be an IANA name with area and city, for example Europe/Berlin where Windows says W. Europe Standard Time`,
  ),
  forbid(
    /^(utc|gmt)?[+-]?\d|^(utc|gmt)[+-]/i,
    `${label} must be a place, for example Europe/Berlin: an offset knows no clock changes`,
  ),
  demand(/\/|^utc$/i, `${label} must have an area and a city, for example Europe/Berlin`),
  must(isZone, `${label} must be in the IANA time zone database, for example Europe/Berlin; check the spelling`),
];

/** Why the text is no order of sources, or nothing. */
function sourcesFault(label: string, text: string): string | undefined {
  if (/[{}"']/.test(text)) return `${label} must be without braces and quotation marks`;
  if (/\s/.test(text)) return `${label} must be without spaces, for example ${sourceTokens[0]}|MMPC`;
  if (/[,;]/.test(text)) return `${label} must have | between sources`;
  const tokens = text.split('|');
  for (const [index, token] of tokens.entries()) {
    if (token === '') return `${label} must have one source before and after each |`;
    if (!sourceTokens.some((known) => known === token)) {
      // The four differ in their first letters, and misspellings seen in published guides do not touch those.
      const meant = sourceTokens.find((known) => known.slice(0, 4).toLowerCase() === token.slice(0, 4).toLowerCase());
      return meant
        ? `${token} is not a source. Did you mean ${meant}?`
        : `${token} is not a source. Use ${sourceTokens.join(', ')}`;
    }
    if (tokens.indexOf(token) !== index) return `${label} must name ${token} only once`;
  }
  return undefined;
}

/** One part of a distinguished name and the comma after it (RFC 4514; spaces around `=` and `,` as Active Directory allows). */
const dnPart = /\s*([a-z]+)\s*=\s*(?!\s)((?:\\(?:[\da-f]{2}|[ "#+,;<=>\\])|[^\\,+"<>;])*)(?:,|$)/iy;

/** Without the spaces at the end, but for one that a backslash makes part of the name. */
const withoutEnd = (value: string): string =>
  value.replace(/(\\*)( +)$/, (_, slashes: string) => (slashes.length % 2 ? `${slashes} ` : slashes));

/** The name that an escaped part stands for; nothing when its hex pairs are not UTF-8. */
function unescapeDn(value: string): string | undefined {
  try {
    return decodeURIComponent(
      value.replace(/\\([\da-f]{2})|\\?([^])/gi, (_, hex?: string, character = '') =>
        hex ? `%${hex}` : character === '%' ? '%25' : character,
      ),
    );
  } catch {
    return undefined;
  }
}

type Dn = readonly { readonly type: string; readonly value: string }[];

/** Splits a distinguished name into parts, or says in a sentence why it cannot. */
function readDn(label: string, text: string): Dn | string {
  const parts: { type: string; value: string }[] = [];
  dnPart.lastIndex = 0;
  for (let at = 0; at < text.length; at = dnPart.lastIndex) {
    const [, type = '', value = ''] = dnPart.exec(text) ?? [];
    if (type) {
      parts.push({ type: type.toUpperCase(), value: withoutEnd(value) });
      continue;
    }
    const rest = text.slice(at);
    if (/^\s*[a-z]+\s*=/i.test(rest))
      return `${label} must have a backslash before each of these in a name: " + ; < > \\`;
    if (at === 0) return `${label} must be a distinguished name, for example OU=Clients,DC=contoso,DC=com`;
    const [loose = ''] = rest.split(',');
    return loose.trim() === ''
      ? `${label} must not have two commas in a row`
      : `${label} must have OU= or DC= before "${loose.trim()}". If that comma belongs to the name of the OU, write \\, in its place`;
  }
  return text.endsWith(',') ? `${label} must not end with a comma` : parts;
}

/** Why the text is no organizational unit that a command can name, or nothing. */
function ouFault(label: string, text: string): string | undefined {
  if (/^ldap:/i.test(text)) return `${label} must be without LDAP://`;
  const parts = readDn(label, text);
  if (typeof parts === 'string') return parts;
  const types = parts.map((part) => part.type).join(' ');
  if (/\bCN\b/.test(types))
    return `${label} must be an organizational unit: a GPO cannot be linked to a container (CN=)`;
  if (!/^((OU|DC) ?)*$/.test(types)) return `${label} must be made of OU= and DC= parts only`;
  if (!types.includes('DC')) return `${label} must end with the domain, for example DC=contoso,DC=com`;
  if (!/^(OU )+DC( DC)*$/.test(types)) return `${label} must start with an OU and end with the domain`;
  for (const { type, value } of parts) {
    const name = unescapeDn(value);
    if (!name || value.startsWith('#')) return `${label} must have a name after each ${type}=`;
    if (type === 'DC' && !/^[\w-]{1,63}$/.test(name))
      return `${label} must have letters, digits and hyphens only after DC=`;
    if (name.length > 64) return `${label} must have OU names of 64 characters or fewer`;
    if (apostrophes.test(name)) {
      return `${label} must not have an apostrophe in a name: for that OU use the Group Policy Management console, or enter an OU above it`;
    }
    if (/[*?]/.test(name)) return `${label} must name one OU, without * or ?`;
    const refusal = refusedCharacter(name);
    if (refusal) return refusal;
  }
  return undefined;
}

const pathRules = (label: string): Rule[] => [
  refusedCharacter,
  forbid(/["'\u2018-\u201f]/, `${label} must be without quotation marks`),
  forbid(/\//, `${label} must be written with \\ in place of /`),
  forbid(/[*?[\]]/, `${label} must be one folder, without wildcards: * ? [ ]`),
  forbid(/%/, `${label} must be the path itself, without % variables`),
  demand(
    /^([a-z]:\\|\\\\[^\\]+\\[^\\]+)/i,
    `${label} must start with a drive, such as C:\\, or with a share, such as \\\\server\\share`,
  ),
  forbid(/[<>|]|^..+:|.\\\\/, `${label} must not contain < > | or a second colon, or two backslashes in a row`),
  atMost(label, 240),
];

// --- By kind ----------------------------------------------------------------------------------------------------

function rulesOf({ kind, label, largest = Infinity, unit, options = [] }: Field): Rule[] {
  switch (kind) {
    case 'host':
      return hostRules(label);
    case 'port':
      return wholeNumberRules(label, 65_535, '', 'or less');
    case 'count':
      return wholeNumberRules(label, largest, unit ? ` ${unit}` : '', unit ? 'or less' : 'or fewer');
    case 'yes-no':
    case 'choice':
      return [must((text) => options.some(({ value }) => value === text), `${label} must be one of the choices`)];
    case 'time':
      return timeRules(label);
    case 'zone':
      return zoneRules(label);
    case 'date':
      return [
        demand(/^\d{4}-\d\d-\d\d$/, `${label} must be written year-month-day, for example 2026-11-30`),
        must(isCalendarDate, `${label} must be a day that is in the calendar`),
      ];
    case 'text':
      return [refusedCharacter, atMost(label, 255)];
    case 'exact':
      return [refusedCharacter];
    case 'gpo':
      return [
        refusedCharacter,
        forbid(
          /[\\/:*?"<>|]/,
          `${label} must be without \\ / : * ? " < > | because reports and backups take it for a file name`,
        ),
        atMost(label, 255),
      ];
    case 'group':
      // Client-side targeting reads `;` as the end of one group's name (policy "Enable client-side targeting").
      return [
        refusedCharacter,
        forbid(/;/, `${label} must be one group, without ;`),
        forbid(
          /^(all|unassigned) computers$/i,
          `${label} must be a group of your own, not one that WSUS has for everybody`,
        ),
        atMost(label, 255),
      ];
    case 'ou':
      return [atMost(label, 2000), (text) => ouFault(label, text)];
    case 'sources':
      return [(text) => sourcesFault(label, text)];
    case 'path':
      return pathRules(label);
  }
}

/** From a text that keeps all rules to what it means. */
function valueOf(kind: InputKind, text: string): CellValue {
  if (kind === 'port' || kind === 'count') return Number(text);
  if (kind === 'time') return toClock24(text);
  if (kind !== 'ou') return text;
  const parts = readDn('', text);
  return typeof parts === 'string' ? text : parts.map(({ type, value }) => `${type}=${value}`).join(',');
}

/**
 * What the raw text of a field means. The text itself is left alone; a secret's text is not even looked at.
 *
 * @param raw The text as typed, of any length.
 * @example readField({ kind: 'port', label: 'Upstream port' }, ' 8530 ') //=> { state: 'given', value: 8530, text: '8530' }
 * @example readField({ kind: 'port', label: 'Upstream port' }, '70000')
 * //=> { state: 'wrong', message: 'Upstream port must be 65535 or less' }
 */
export function readField(field: Field, raw: string): Reading {
  if (field.secret || raw.trim() === '') return { state: 'missing' };
  const text = field.kind === 'exact' ? raw : raw.trim();
  const message = firstFault(text, rulesOf(field)) ?? field.fault?.(text);
  if (message !== undefined) return { state: 'wrong', message };
  const value = valueOf(field.kind, text);
  return {
    state: 'given',
    value,
    text: field.options?.find((option) => option.value === value)?.label ?? String(value),
  };
}
