import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusedCharacter } from '../../../../src/lib/core/commands/text-rules.ts';
import { sourceTokens } from '../../../../src/lib/core/calculators/order-notes.ts';
import { inputGroups, inputs, inputsOf, isInputId, readInput } from '../../../../src/lib/core/sheet/inputs.ts';

const ids = Object.keys(inputs);
it('finds the inputs of some names, in their order, and passes over names that are none', () => {
  expect(Object.entries(inputsOf(['upstreamPort', 'nothing', 'firstSync']))).toEqual([
    ['upstreamPort', inputs['upstreamPort']],
    ['firstSync', inputs['firstSync']],
  ]);
});

const wrong = (message: string) => ({ state: 'wrong', message });
const given = (value: string | number, text = String(value)) => ({ state: 'given', value, text });

describe('the vocabulary', () => {
  it('has every input that runbooks and derived values speak of', () => {
    expect(ids).toEqual(
      expect.arrayContaining([
        'backupFolder',
        'detectionHours',
        'firstSync',
        'freezeUntil',
        'languageList',
        'languages',
        'orderBefore',
        'orderBeforeState',
        'productionGpo',
        'productionOrder',
        'productionOu',
        'proxyBasic',
        'proxyCredentials',
        'proxyPassword',
        'proxyPort',
        'proxyServer',
        'proxyUser',
        'sampleClient',
        'serverRole',
        'sharesBefore',
        'sharesBeforeState',
        'soakHours',
        'syncMode',
        'syncsPerDay',
        'targetGroup',
        'templates',
        'timeZone',
        'upstreamPort',
        'upstreamServer',
        'upstreamSource',
        'useProxy',
        'useSsl',
        'wsusPort',
        'wsusServer',
        'wsusSsl',
      ]),
    );
  });

  it('knows its own names and no others', () => {
    expect(isInputId('upstreamPort')).toBe(true);
    expect(isInputId('constructor')).toBe(false);
    expect(isInputId('__proto__')).toBe(false);
    expect(readInput('toString', 'x')).toEqual(wrong('There is no input called toString'));
  });

  it('carries its id in every row', () => {
    for (const id of ids) expect(inputs[id]?.id).toBe(id);
  });

  it('puts every input into a group that is shown', () => {
    const shown = inputGroups.map(({ id }) => id);
    for (const id of ids) expect(shown).toContain(inputs[id]?.group);
    for (const group of shown) expect(Object.values(inputs).some((input) => input.group === group)).toBe(true);
  });

  it('gives options to choices and yes-no inputs, and to nothing else', () => {
    for (const { kind, options, id } of Object.values(inputs)) {
      expect(options !== undefined && options.length > 1, id).toBe(kind === 'choice' || kind === 'yes-no');
    }
  });

  it('marks what belongs to one ring or to its server, and nothing that holds for the whole site', () => {
    const perRing = ids.filter((id) => inputs[id]?.perRing);
    expect(perRing).toEqual(
      expect.arrayContaining([
        'wsusServer',
        'wsusPort',
        'wsusSsl',
        'firstSync',
        'syncsPerDay',
        'targetGroup',
        'sampleClient',
        'upstreamServer',
        'serverRole',
        'orderBefore',
        'orderFreeze',
        'sharesBefore',
        'ruleCollection',
        'frozenRing',
      ]),
    );
    for (const id of ['languages', 'proxyServer', 'soakHours', 'templates', 'backupFolder', 'tier2Contact'])
      expect(perRing, id).not.toContain(id);
    // A name with the ring in it says itself whose it is.
    expect(perRing.filter((id) => /^(pilot|staged|production)/.test(id))).toEqual([]);
    for (const { perRing: mark, label, hint } of Object.values(inputs))
      if (/(of|by) the ring$/i.test(label) || / the ring\.$/.test(hint)) expect(mark, label).toBe(true);
  });

  it('never uses a value of a branch that would need an escape in a page', () => {
    const values = Object.values(inputs).flatMap(({ options = [] }) => options.map(({ value }) => value));
    for (const value of values) expect(value).toMatch(/^[a-z0-9.-]+$/);
  });

  it('has exactly one secret', () => {
    expect(Object.values(inputs).filter(({ secret }) => secret)).toMatchObject([{ id: 'proxyPassword' }]);
  });

  it('reads its own examples', () => {
    for (const { id, example } of Object.values(inputs)) {
      if (example === undefined) continue;
      for (const one of example.split(' or '))
        expect(readInput(id, one), `${id}: ${one}`).toMatchObject({ state: 'given' });
    }
  });

  it('reads every option it offers and shows its label', () => {
    for (const { id, options = [] } of Object.values(inputs)) {
      for (const { value, label } of options) expect(readInput(id, value)).toEqual(given(value, label));
    }
  });

  it.each(ids)('takes an empty %s for missing, and has an instruction for it', (id) => {
    expect(readInput(id, '')).toEqual({ state: 'missing' });
    expect(readInput(id, ' \t ')).toEqual({ state: 'missing' });
    expect(inputs[id]?.ask).toMatch(/^(Enter|Select|Type) [^.]+$/);
  });

  it('writes its sentences as GOV.UK asks', () => {
    const sentences = Object.values(inputs).flatMap(({ id, hint, label, ask }) => [
      hint,
      label,
      ask,
      ...['', '!', '-1', '9'.repeat(400), '\u0000'].map((raw) => {
        const reading = readInput(id, raw);
        return reading.state === 'wrong' ? reading.message : '';
      }),
    ]);
    for (const sentence of sentences)
      expect(sentence).not.toMatch(/\b(invalid|please|sorry|oops|required|forbidden)\b/i);
  });
});

describe('reading a field', () => {
  const zone62 = `${'a'.repeat(62)}`;

  it.each<readonly [id: string, raw: string, value: string | number, reason: string]>([
    // id, raw, value, reason
    ['upstreamPort', '8530', 8530, 'the usual port'],
    ['upstreamPort', ' 8531 ', 8531, 'spaces around'],
    ['upstreamPort', '1', 1, 'the smallest'],
    ['upstreamPort', '65535', 65_535, 'the largest'],
    ['upstreamPort', '080', 80, 'a leading zero'],
    ['upstreamServer', 'YR2K19', 'YR2K19', 'one label, case kept'],
    ['upstreamServer', 'wsus-1.contoso.com', 'wsus-1.contoso.com', 'a full name'],
    ['upstreamServer', '192.0.2.10', '192.0.2.10', 'an IPv4 address'],
    ['upstreamServer', '7wsus', '7wsus', 'a digit in front'],
    ['upstreamServer', `${zone62}a.com`, `${zone62}a.com`, 'a label of 63'],
    ['syncsPerDay', '24', 24, 'the most'],
    ['soakHours', '336', 336, 'two weeks'],
    ['firstSync', '17:00', '17:00', '24-hour clock'],
    ['firstSync', '5:00 PM', '17:00', '12-hour clock'],
    ['firstSync', '5:00:00 PM', '17:00', 'as the WSUS console shows it'],
    ['firstSync', '5:00\u202fPM', '17:00', 'the narrow space that Windows and browsers write before PM'],
    ['firstSync', '5:00 a.m.', '05:00', 'with dots'],
    ['firstSync', '12:30 AM', '00:30', 'half an hour past midnight'],
    ['firstSync', '12:00pm', '12:00', 'noon'],
    ['firstSync', '7:05', '07:05', 'one digit for the hour'],
    ['firstSync', '00:00', '00:00', 'midnight'],
    ['firstSync', '23:59', '23:59', 'the last minute'],
    ['timeZone', 'Europe/Berlin', 'Europe/Berlin', 'area and city'],
    ['timeZone', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires', 'three parts'],
    ['timeZone', 'Etc/GMT+5', 'Etc/GMT+5', 'a fixed offset by its IANA name'],
    ['timeZone', 'UTC', 'UTC', 'no zone at all'],
    ['productionOu', 'OU=Clients,DC=contoso,DC=com', 'OU=Clients,DC=contoso,DC=com', 'plain'],
    ['productionOu', 'ou=PCs, ou=Ring 2 , dc=contoso', 'OU=PCs,OU=Ring 2,DC=contoso', 'spaces around commas'],
    ['productionOu', 'OU=Sales\\, EMEA,DC=contoso', 'OU=Sales\\, EMEA,DC=contoso', 'a comma that belongs to the name'],
    [
      'productionOu',
      'OU=A\\2CB\\\\,DC=contoso',
      'OU=A\\2CB\\\\,DC=contoso',
      'a hex pair, and a backslash at the end of a name',
    ],
    ['productionOu', 'OU=\\ x\\ ,DC=contoso', 'OU=\\ x\\ ,DC=contoso', 'escaped spaces at both ends'],
    [
      'productionOu',
      'OU=B\\C3\\BCro 100%,DC=contoso',
      'OU=B\\C3\\BCro 100%,DC=contoso',
      'UTF-8 in hex pairs, and a percent sign',
    ],
    ['productionOu', `OU=${'x'.repeat(64)},DC=contoso`, `OU=${'x'.repeat(64)},DC=contoso`, 'the longest name'],
    ['productionGpo', "Bob's GPO (ring 2)", "Bob's GPO (ring 2)", 'an apostrophe: the shell’s door doubles it'],
    ['productionGpo', 'x'.repeat(255), 'x'.repeat(255), 'the longest name'],
    ['targetGroup', 'Ring 2, all sites', 'Ring 2, all sites', 'a comma'],
    ['productionOrder', 'InternalDefinitionUpdateServer', 'InternalDefinitionUpdateServer', 'one source'],
    ['productionOrder', sourceTokens.join('|'), sourceTokens.join('|'), 'all four'],
    ['orderBefore', ' { MMPC | FileShare } ', ' { MMPC | FileShare } ', 'to the letter, faults and spaces included'],
    ['sharesBefore', '\\\\a\\b|\\\\c\\d ', '\\\\a\\b|\\\\c\\d ', 'to the letter'],
    ['freezeUntil', '2028-02-29', '2028-02-29', 'a leap day'],
    ['backupFolder', 'C:\\GPO Backups\\ring 2', 'C:\\GPO Backups\\ring 2', 'a local folder'],
    ['backupFolder', 'd:\\', 'd:\\', 'a whole drive'],
    ['backupFolder', '\\\\server\\share$\\x', '\\\\server\\share$\\x', 'a share'],
    ['proxyUser', 'CONTOSO\\svc', 'CONTOSO\\svc', 'domain and name'],
  ])('takes %s %j as %j: %s', (id, raw, value) => {
    expect(readInput(id, raw)).toEqual(given(value));
  });

  it.each([
    // id, raw, sentence, reason
    ['upstreamPort', '0', 'Upstream port must be 1 or more', 'below the range'],
    ['upstreamPort', '70000', 'Upstream port must be 65535 or less', 'above the range'],
    ['upstreamPort', '9'.repeat(400), 'Upstream port must be 65535 or less', 'beyond what a number holds'],
    ['upstreamPort', '80a', 'Upstream port must be written in digits 0 to 9 only', 'a letter'],
    ['upstreamPort', '+80', 'Upstream port must be written in digits 0 to 9 only', 'a sign'],
    ['upstreamPort', '0x50', 'Upstream port must be written in digits 0 to 9 only', 'what Number() would take'],
    ['upstreamPort', '８５３０', 'Upstream port must be written in digits 0 to 9 only', 'full-width digits'],
    ['upstreamPort', '8530.5', 'Upstream port must be a whole number', 'a fraction'],
    ['upstreamPort', '8,530', 'Upstream port must be a whole number', 'a separator'],
    ['upstreamServer', 'ws us', 'Upstream server must not contain spaces', 'a space'],
    [
      'upstreamServer',
      'ws_us',
      'Upstream server must not contain underscores; use the name that DNS knows',
      'an underscore',
    ],
    ['upstreamServer', 'x'.repeat(300), 'Upstream server must be 253 characters or fewer', '300 letters'],
    [
      'upstreamServer',
      'x'.repeat(64),
      'Upstream server must have 63 characters or fewer between its dots',
      'a long label',
    ],
    [
      'upstreamServer',
      '-wsus',
      'Upstream server must not have a hyphen at the start or end, or beside a dot',
      'a hyphen in front',
    ],
    [
      'upstreamServer',
      'wsus-.contoso.com',
      'Upstream server must not have a hyphen at the start or end, or beside a dot',
      'a hyphen before a dot',
    ],
    [
      'upstreamServer',
      'wsus..com',
      'Upstream server must not start or end with a dot, or have two dots in a row',
      'two dots',
    ],
    [
      'upstreamServer',
      'wsus.com.',
      'Upstream server must not start or end with a dot, or have two dots in a row',
      'a dot at the end',
    ],
    ['upstreamServer', '12345', 'Upstream server must not end in a part of digits only', 'digits only'],
    ['upstreamServer', 'wsus.10', 'Upstream server must not end in a part of digits only', 'a last part of digits'],
    [
      'upstreamServer',
      '10.0.0.256',
      'Upstream server must have four numbers from 0 to 255 if it is an IPv4 address',
      'no such address',
    ],
    [
      'upstreamServer',
      '10.0.0',
      'Upstream server must have four numbers from 0 to 255 if it is an IPv4 address',
      'three numbers',
    ],
    [
      'upstreamServer',
      '2001:db8::1',
      'Upstream server must be a name or an IPv4 address such as 192.0.2.10, not an IPv6 address',
      'IPv6',
    ],
    [
      'upstreamServer',
      '[::1]',
      'Upstream server must be a name or an IPv4 address such as 192.0.2.10, not an IPv6 address',
      'IPv6 in brackets',
    ],
    [
      'upstreamServer',
      'http://wsus:8530',
      'Upstream server must be the name only, without http://, port or path',
      'a whole address',
    ],
    [
      'upstreamServer',
      'wsus:8530',
      'Upstream server must be the name only, without http://, port or path',
      'with the port',
    ],
    [
      'upstreamServer',
      '\\\\wsus',
      'Upstream server must be the name only, without http://, port or path',
      'as a share',
    ],
    [
      'upstreamServer',
      'wsüs',
      'Upstream server must contain only letters a to z, digits, hyphens and dots',
      'a letter outside of a to z',
    ],
    [
      'upstreamServer',
      'wsus;calc',
      'Upstream server must contain only letters a to z, digits, hyphens and dots',
      'a sign of a shell',
    ],
    ['useSsl', 'true', 'SSL towards the upstream must be one of the choices', 'neither yes nor no'],
    ['serverRole', 'toString', 'Role of this server must be one of the choices', 'a name every object has'],
    ['syncsPerDay', '0', 'Synchronizations per day must be 1 or more', 'below the range'],
    ['syncsPerDay', '25', 'Synchronizations per day must be 24 or fewer', 'above the range'],
    ['syncsPerDay', 'three', 'Synchronizations per day must be written in digits 0 to 9 only', 'a word'],
    ['syncsPerDay', '1.5', 'Synchronizations per day must be a whole number', 'a fraction'],
    ['soakHours', '337', 'Soak time must be 336 hours or less', 'above the range'],
    ['detectionHours', '23', 'Detection frequency must be 22 hours or less', 'above the range'],
    ['firstSync', '25:00', 'First synchronization must be from 00:00 to 23:59', 'no such hour'],
    ['firstSync', '24:00', 'First synchronization must be from 00:00 to 23:59', 'midnight by another name'],
    ['firstSync', '12:60', 'First synchronization must be from 00:00 to 23:59', 'no such minute'],
    ['firstSync', '5', 'First synchronization must have hours and minutes, for example 17:00 or 5:00 PM', 'no minutes'],
    [
      'firstSync',
      '1700',
      'First synchronization must have hours and minutes, for example 17:00 or 5:00 PM',
      'no colon',
    ],
    ['firstSync', '5:00:30 PM', 'First synchronization must be a whole minute', 'seconds'],
    [
      'firstSync',
      '13:00 PM',
      'First synchronization must have an hour from 1 to 12 before AM or PM',
      'both clocks at once',
    ],
    [
      'firstSync',
      '0:30 AM',
      'First synchronization must have an hour from 1 to 12 before AM or PM',
      'no such hour before AM',
    ],
    [
      'timeZone',
      'Mars/Olympus',
      'Time zone must be in the IANA time zone database, for example Europe/Berlin; check the spelling',
      'unknown',
    ],
    [
      'timeZone',
      'W. Europe Standard Time',
      'Time zone must be an IANA name with area and city, for example Europe/Berlin where Windows says W. Europe Standard Time',
      'a Windows name',
    ],
    [
      'timeZone',
      '(UTC+01:00) Amsterdam, Berlin',
      'Time zone must be an IANA name with area and city, for example Europe/Berlin where Windows says W. Europe Standard Time',
      'as Windows shows it',
    ],
    [
      'timeZone',
      '+01:00',
      'Time zone must be a place, for example Europe/Berlin: an offset knows no clock changes',
      'an offset',
    ],
    [
      'timeZone',
      'UTC+1',
      'Time zone must be a place, for example Europe/Berlin: an offset knows no clock changes',
      'an offset with letters',
    ],
    ['timeZone', 'CET', 'Time zone must have an area and a city, for example Europe/Berlin', 'an abbreviation'],
    [
      'productionOu',
      'Clients',
      'Production OU must be a distinguished name, for example OU=Clients,DC=contoso,DC=com',
      'a bare name',
    ],
    [
      'productionOu',
      'contoso.com/Clients',
      'Production OU must be a distinguished name, for example OU=Clients,DC=contoso,DC=com',
      'a canonical name',
    ],
    ['productionOu', 'LDAP://OU=x,DC=y', 'Production OU must be without LDAP://', 'an address'],
    [
      'productionOu',
      'OU=Sales, EMEA,DC=contoso',
      'Production OU must have OU= or DC= before "EMEA". If that comma belongs to the name of the OU, write \\, in its place',
      'a comma in a name',
    ],
    ['productionOu', 'OU=a,,DC=contoso', 'Production OU must not have two commas in a row', 'an empty part'],
    ['productionOu', 'OU=a,DC=contoso,', 'Production OU must not end with a comma', 'cut off'],
    [
      'productionOu',
      'OU=a;b,DC=contoso',
      'Production OU must have a backslash before each of these in a name: " + ; < > \\',
      'a sign that must be escaped',
    ],
    [
      'productionOu',
      'OU=a\\b,DC=contoso',
      'Production OU must have a backslash before each of these in a name: " + ; < > \\',
      'a lone backslash',
    ],
    [
      'productionOu',
      "OU=O'Brien,DC=contoso",
      'Production OU must not have an apostrophe in a name: for that OU use the Group Policy Management console, or enter an OU above it',
      'an apostrophe',
    ],
    [
      'productionOu',
      'OU=O\u2019Brien,DC=contoso',
      'Production OU must not have an apostrophe in a name: for that OU use the Group Policy Management console, or enter an OU above it',
      'a curly apostrophe',
    ],
    [
      'productionOu',
      'OU=O\\27Brien,DC=contoso',
      'Production OU must not have an apostrophe in a name: for that OU use the Group Policy Management console, or enter an OU above it',
      'an apostrophe as a hex pair',
    ],
    [
      'productionOu',
      'OU=Clients',
      'Production OU must end with the domain, for example DC=contoso,DC=com',
      'no domain',
    ],
    ['productionOu', 'DC=contoso,DC=com', 'Production OU must start with an OU and end with the domain', 'no OU'],
    [
      'productionOu',
      'DC=contoso,OU=x',
      'Production OU must start with an OU and end with the domain',
      'the wrong way round',
    ],
    [
      'productionOu',
      'CN=Computers,DC=contoso',
      'Production OU must be an organizational unit: a GPO cannot be linked to a container (CN=)',
      'a container',
    ],
    [
      'productionOu',
      'OU=x,O=y,DC=contoso',
      'Production OU must be made of OU= and DC= parts only',
      'another kind of part',
    ],
    ['productionOu', 'OU=*,DC=contoso', 'Production OU must name one OU, without * or ?', 'a wildcard'],
    ['productionOu', 'OU=,DC=contoso', 'Production OU must have a name after each OU=', 'no name'],
    [
      'productionOu',
      'OU=\\FF,DC=contoso',
      'Production OU must have a name after each OU=',
      'hex pairs that are no text',
    ],
    [
      'productionOu',
      `OU=${'x'.repeat(65)},DC=contoso`,
      'Production OU must have OU names of 64 characters or fewer',
      'a long name',
    ],
    [
      'productionOu',
      'OU=x,DC=contoso.com',
      'Production OU must have letters, digits and hyphens only after DC=',
      'a whole domain in one part',
    ],
    [
      'productionGpo',
      'a/b',
      'Production GPO must be without \\ / : * ? " < > | because reports and backups take it for a file name',
      'not for a file name',
    ],
    ['productionGpo', 'x'.repeat(256), 'Production GPO must be 255 characters or fewer', 'a long name'],
    ['targetGroup', 'a;b', 'Computer group must be one group, without ;', 'two groups'],
    [
      'productionOrder',
      'FileShare',
      'FileShare is not a source. Did you mean FileShares?',
      'as a published guide has it',
    ],
    [
      'productionOrder',
      'InternalDefinitionUpdateServder',
      'InternalDefinitionUpdateServder is not a source. Did you mean InternalDefinitionUpdateServer?',
      'as a published guide has it',
    ],
    ['productionOrder', 'mmpc', 'mmpc is not a source. Did you mean MMPC?', 'small letters'],
    [
      'productionOrder',
      'WSUS',
      'WSUS is not a source. Use InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares',
      'another word for it',
    ],
    [
      'productionOrder',
      '{MMPC}',
      'Order of sources must be without braces and quotation marks',
      'as the help text prints it',
    ],
    [
      'productionOrder',
      'MMPC | FileShares',
      'Order of sources must be without spaces, for example InternalDefinitionUpdateServer|MMPC',
      'spaces',
    ],
    ['productionOrder', 'MMPC,FileShares', 'Order of sources must have | between sources', 'a comma'],
    [
      'productionOrder',
      'MMPC||FileShares',
      'Order of sources must have one source before and after each |',
      'two bars',
    ],
    ['productionOrder', 'MMPC|', 'Order of sources must have one source before and after each |', 'a bar at the end'],
    ['productionOrder', 'MMPC|FileShares|MMPC', 'Order of sources must name MMPC only once', 'a source twice'],
    [
      'freezeUntil',
      '30.11.2026',
      'Freeze until must be written year-month-day, for example 2026-11-30',
      'another order',
    ],
    ['freezeUntil', '2026-02-29', 'Freeze until must be a day that is in the calendar', 'no leap year'],
    ['freezeUntil', '2026-13-01', 'Freeze until must be a day that is in the calendar', 'no such month'],
    ['freezeUntil', '2026-00-10', 'Freeze until must be a day that is in the calendar', 'month zero'],
    ['backupFolder', '"C:\\x"', 'Backup folder must be without quotation marks', 'as "Copy as path" gives it'],
    ['backupFolder', "C:\\Bob's", 'Backup folder must be without quotation marks', 'an apostrophe'],
    ['backupFolder', 'C:/x', 'Backup folder must be written with \\ in place of /', 'slashes'],
    ['backupFolder', 'C:\\x*', 'Backup folder must be one folder, without wildcards: * ? [ ]', 'a wildcard'],
    ['backupFolder', '%TEMP%\\x', 'Backup folder must be the path itself, without % variables', 'a variable'],
    [
      'backupFolder',
      'backups',
      'Backup folder must start with a drive, such as C:\\, or with a share, such as \\\\server\\share',
      'relative',
    ],
    [
      'backupFolder',
      '\\\\server',
      'Backup folder must start with a drive, such as C:\\, or with a share, such as \\\\server\\share',
      'no share',
    ],
    [
      'backupFolder',
      'C:\\x:y',
      'Backup folder must not contain < > | or a second colon, or two backslashes in a row',
      'a stream',
    ],
    [
      'backupFolder',
      `C:\\${'x'.repeat(240)}`,
      'Backup folder must be 240 characters or fewer',
      'no room for what Windows puts into it',
    ],
  ])('refuses %s %j with "%s": %s', (id, raw, message) => {
    expect(readInput(id, raw)).toEqual(wrong(message));
  });

  it.each([
    ['productionGpo', 'a\u200bb', 'an unseen character'],
    ['targetGroup', 'a\u00a0b', 'an unusual space'],
    ['orderBefore', 'a\nb', 'two lines'],
    ['sharesBefore', 'a\u0007', 'a control character'],
    ['backupFolder', 'C:\\a\u202eb', 'a change of reading direction'],
  ])('tells beside %s what no command lets through: %j, %s', (id, raw) => {
    expect(readInput(id, raw)).toEqual(wrong(refusedCharacter(raw) ?? 'nothing refused'));
  });

  it('tells what no command lets through when a name hides it in a hex pair', () => {
    expect(readInput('productionOu', 'OU=a\\0Ab,DC=contoso')).toEqual(
      wrong(refusedCharacter('a\nb') ?? 'nothing refused'),
    );
  });

  it('never looks at the text of a secret', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(readInput('proxyPassword', raw)).toEqual({ state: 'missing' });
      }),
    );
  });

  it('never throws, whatever the text, and always answers with a value or a sentence', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.stringMatching(/^(OU|DC|CN|=|,|\\|\\2C|a| |'|\+|%|#){0,40}$/),
      fc.stringMatching(/^[0-9:apm. ]{0,12}$/),
      fc.stringMatching(/^[A-Za-z|{} ]{0,40}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ids), texts, (id, raw) => {
        const reading = readInput(id, raw);
        if (reading.state === 'given') expect(reading.text).not.toBe('');
        else if (reading.state === 'wrong') expect(reading.message).not.toBe('');
        else expect(inputs[id]?.secret === true || raw.trim() === '').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes every distinguished name whose names are escaped, and keeps the names', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9 ,+"\\<>;=#%.äß-]{1,30}$/);
    const escaped = (text: string): string =>
      text
        .replace(/[,+"\\<>;=]/g, '\\$&')
        .replace(/^[ #]/, '\\$&')
        .replace(/(\\*) $/, (end: string, slashes: string) => (slashes.length % 2 ? end : `${slashes}\\ `));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const dn = `${names.map((one) => `OU=${escaped(one)}`).join(',')},DC=contoso,DC=com`;
        expect(readInput('productionOu', dn)).toEqual(given(dn));
      }),
    );
  });

  it('keeps recorded text to the letter', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ -~]{0,60}$/).filter((text) => text.trim() !== ''),
        (raw) => {
          expect(readInput('orderBefore', raw)).toEqual(given(raw));
        },
      ),
    );
  });

  it('reads a long hostile text in a moment', () => {
    const texts = [
      'OU= ' + ' '.repeat(20_000) + '+',
      'a.'.repeat(20_000),
      '\\'.repeat(20_001),
      'OU=a,'.repeat(5_000),
      '1.'.repeat(20_000) + 'x',
    ];
    const started = performance.now();
    for (const raw of texts) for (const id of ids) readInput(id, raw);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
