import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upstreamAddressInputs } from '../../../../src/lib/core/calculators/upstream-address-inputs.ts';
import {
  describeUpstreamAddress,
  readUpstreamAddress,
  upstreamAddress,
  upstreamAddressAlso,
  upstreamAddressExample,
  UpstreamAddressInput,
  upstreamAddressNeeds,
  upstreamAddressSources,
  type UpstreamNote,
} from '../../../../src/lib/core/calculators/upstream-address.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { powershellWords } from '../policy/support/read-commands.ts';
import { commandsOf, partsOf, sheetOf, tableOf, textOf, warningsOf, whyOf } from './support/report-parts.ts';

const full = 'wsus1.contoso.com';
const addressOf = (port: number, useSsl: boolean, name = full) =>
  upstreamAddress({ upstream: { name, port, useSsl } }).upstream;
const anyServer = fc.record({
  name: fc.constantFrom(full, 'YR2K19.corp.example', 'a.b-c.d'),
  port: fc.integer({ min: 2, max: 65_535 }),
  useSsl: fc.boolean(),
});

describe('the upstream address', () => {
  it('gives the worked example of its docstring', () => {
    expect(upstreamAddress({ upstream: { name: 'wsus1.contoso.com', port: 8531, useSsl: true } }).upstream).toEqual({
      name: 'wsus1.contoso.com',
      port: 8531,
      useSsl: true,
      url: 'https://wsus1.contoso.com:8531',
      filePort: 8530,
      needsFullName: true,
      openPorts: [8530, 8531],
      clients: {
        WUServer: 'https://wsus1.contoso.com:8531',
        WUStatusServer: 'https://wsus1.contoso.com:8531',
        UseWUServer: 1,
      },
    });
  });

  it.each([
    [8531, true, 'https://wsus1.contoso.com:8531', 8530, 'the port below'],
    [443, true, 'https://wsus1.contoso.com:443', 80, '443 goes with 80'],
    [444, true, 'https://wsus1.contoso.com:444', 443, 'only 443 itself goes with 80'],
    [2, true, 'https://wsus1.contoso.com:2', 1, 'the lowest port that leaves room'],
    [65_535, true, 'https://wsus1.contoso.com:65535', 65_534, 'the highest port'],
    [8530, false, 'http://wsus1.contoso.com:8530', 8530, 'one port for everything without SSL'],
    [80, false, 'http://wsus1.contoso.com:80', 80, 'one port for everything without SSL'],
    [1, false, 'http://wsus1.contoso.com:1', 1, 'without SSL nothing stands below'],
  ])('of port %i with SSL %s is %s, files from %i: %s', (port, useSsl, url, filePort) => {
    expect(addressOf(port, useSsl)).toMatchObject({ url, filePort, needsFullName: useSsl });
  });

  it('always opens the ports of metadata and files, each once and lowest first', () => {
    fc.assert(
      fc.property(anyServer, (upstream) => {
        const { openPorts, port, filePort } = upstreamAddress({ upstream }).upstream;
        expect(openPorts).toEqual(upstream.useSsl ? [filePort, port] : [port]);
        expect(filePort).toBeGreaterThanOrEqual(1);
        expect(filePort).toBeLessThanOrEqual(port);
      }),
    );
  });

  it.each<readonly [port: number, useSsl: boolean, notes: UpstreamNote[]]>([
    [8530, true, ['ssl-on-http-port']],
    [80, true, ['ssl-on-http-port']],
    [8531, false, ['http-on-ssl-port']],
    [443, false, ['http-on-ssl-port']],
    [8531, true, []],
    [443, true, []],
    [8530, false, []],
    [80, false, []],
    [9000, true, []],
  ])('warns of the other scheme at port %i with SSL %s: %j', (port, useSsl, notes) => {
    const upstream = { name: full, port, useSsl };
    expect(upstreamAddress({ upstream }).notes).toEqual(notes);
    const own = { name: 'wsus2.contoso.com', port, useSsl };
    const withOwn = upstreamAddress({ upstream: { name: full, port: 8530, useSsl: false }, own });
    expect(withOwn.notes).toEqual(notes.map((note) => `own-${note}`));
    expect(warningsOf(describeUpstreamAddress(withOwn))).toHaveLength(notes.length);
  });

  it('warns of a server that is its own upstream, whatever the case of its name', () => {
    const upstream = { name: full, port: 8530, useSsl: false };
    const value = upstreamAddress({ upstream, own: { ...upstream, name: full.toUpperCase() } });
    expect(warningsOf(describeUpstreamAddress(value))).toEqual([
      'This server and its upstream have the same name: a server cannot be its own upstream.',
    ]);
  });
});

describe('the report', () => {
  const report = describeUpstreamAddress(upstreamAddress(upstreamAddressExample));

  it('says what to enter, what to open and which names must be full', () => {
    expect(partsOf(report, 'facts')[0]?.rows.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Server name: wsus1.contoso.com',
      'Port number: 8531',
      'Use SSL when synchronizing update information: ticked',
      'Address: https://wsus1.contoso.com:8531',
      'Ports to open inbound on the upstream: 8531 (HTTPS, metadata) and 8530 (HTTP, update files)',
      'Ports to open inbound on this server: 8530 (HTTP, metadata and update files)',
    ]);
    expect(tableOf(report, 'Names that must be full ones')).toEqual([
      ['Upstream on this server, and clients of the upstream', 'wsus1.contoso.com', 'yes'],
      ['Clients of this server', 'wsus2.contoso.com', 'no'],
      ['wsusutil configuressl, on that server', 'wsus1.contoso.com', 'yes'],
    ]);
  });

  it('gives the clients of each server that server, both values alike', () => {
    expect(tableOf(report, /^Policy/)).toEqual([
      ['WUServer', 'https://wsus1.contoso.com:8531', 'http://wsus2.contoso.com:8530'],
      ['WUStatusServer', 'https://wsus1.contoso.com:8531', 'http://wsus2.contoso.com:8530'],
      ['UseWUServer', '1', '1'],
    ]);
  });

  it('records, checks both ports, sets and checks', () => {
    expect(commandsOf(report).map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "(Get-WsusServer).GetConfiguration() | Format-List 'SyncFromMicrosoftUpdate', 'UpstreamWsusServerName', 'UpstreamWsusServerPortNumber', 'UpstreamWsusServerUseSsl', 'IsReplicaServer'",
        "Test-NetConnection -ComputerName 'wsus1.contoso.com' -Port 8530",
        "Test-NetConnection -ComputerName 'wsus1.contoso.com' -Port 8531",
        "Set-WsusServerSynchronization -UssServerName 'wsus1.contoso.com' -PortNumber 8531 -UseSsl",
        "(Get-WsusServer).GetConfiguration() | Format-List 'SyncFromMicrosoftUpdate', 'UpstreamWsusServerName', 'UpstreamWsusServerPortNumber', 'UpstreamWsusServerUseSsl', 'IsReplicaServer'",
      ]
    `);
  });

  it.each([
    [{ useSsl: true, role: 'replica' as const }, ' -UseSsl -Replica'],
    [{ useSsl: true, role: 'autonomous' as const }, ' -UseSsl'],
    [{ useSsl: false, role: 'replica' as const }, ' -Replica'],
    [{ useSsl: false, role: 'autonomous' as const }, ''],
  ])('sets the upstream with %j', ({ useSsl, role }, switches) => {
    const commands = commandsOf(
      describeUpstreamAddress(upstreamAddress({ upstream: { name: full, port: 9001, useSsl }, role })),
    );
    expect(commands.find(({ title }) => title === 'Set the upstream')?.text).toBe(
      `Set-WsusServerSynchronization -UssServerName '${full}' -PortNumber 9001${switches}`,
    );
  });

  it('sets nothing while the role is not known, because the command sets the role as well', () => {
    const { upstream } = upstreamAddressExample;
    const blank = describeUpstreamAddress(upstreamAddress({ upstream }));
    expect(commandsOf(blank).map(({ title }) => title)).toEqual([
      'Show the present upstream',
      'Check port 8530 of the upstream',
      'Check port 8531 of the upstream',
    ]);
    expect(partsOf(blank, 'note').at(-1)?.text).toBe(
      'Select the role of this server to get the command that sets the upstream: the command sets the role as well.',
    );
  });

  it('speaks of certificates and of the second port only with SSL', () => {
    const plain = describeUpstreamAddress(upstreamAddress({ upstream: { name: 'YR2K19', port: 8530, useSsl: false } }));
    expect(textOf(plain)).not.toMatch(/Trusted Root|SSL covers/);
    expect(textOf(report)).toMatch(/SSL covers.*Trusted Root/);
  });

  it('never loses the name or the port between the sheet and PowerShell', () => {
    fc.assert(
      fc.property(anyServer, fc.constantFrom('autonomous' as const, 'replica' as const), (upstream, role) => {
        const commands = commandsOf(describeUpstreamAddress(upstreamAddress({ upstream, role })));
        const set = commands.find(({ title }) => title === 'Set the upstream')?.text ?? '';
        expect(powershellWords(set).slice(0, 5)).toEqual([
          'Set-WsusServerSynchronization',
          '-UssServerName',
          upstream.name,
          '-PortNumber',
          String(upstream.port),
        ]);
        for (const { text } of commands.filter(({ title }) => title.startsWith('Check port'))) {
          expect(powershellWords(text).slice(0, 3)).toEqual(['Test-NetConnection', '-ComputerName', upstream.name]);
        }
      }),
    );
  });
});

describe('the input', () => {
  const upstream = { name: full, port: 8530, useSsl: false };

  it.each([
    ['nothing', 'Enter the upstream server'],
    [{}, 'Upstream server must have name, port and SSL only'],
    [{ upstream: { ...upstream, name: '' } }, 'Enter the upstream server'],
    [{ upstream: { ...upstream, name: 7 } }, 'Enter the upstream server'],
    [
      { upstream: { ...upstream, name: 'http://wsus' } },
      'Upstream server must be the name only, without http://, port or path',
    ],
    [{ upstream: { ...upstream, port: undefined } }, 'Enter the upstream port'],
    [{ upstream: { ...upstream, port: '8530' } }, 'Enter the upstream port'],
    [{ upstream: { ...upstream, port: 0 } }, 'Upstream port must be 1 or more'],
    [{ upstream: { ...upstream, port: 70_000 } }, 'Upstream port must be 65535 or less'],
    [{ upstream: { ...upstream, port: 8530.5 } }, 'Upstream port must be a whole number'],
    [{ upstream: { ...upstream, port: NaN } }, 'Upstream port must be written in digits 0 to 9 only'],
    [{ upstream: { ...upstream, useSsl: 'yes' } }, 'Select yes or no for SSL towards the upstream'],
    [{ upstream: { ...upstream, path: '/' } }, 'Upstream server must have name, port and SSL only'],
    [
      { upstream: { name: 'YR2K19', port: 8531, useSsl: true } },
      'Upstream server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    ],
    [
      { upstream: { name: '192.0.2.10', port: 8531, useSsl: true } },
      'Upstream server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    ],
    [
      { upstream: { name: full, port: 1, useSsl: true } },
      'Upstream port must be 2 or more with SSL, because update files come from the port below it',
    ],
    [{ upstream, own: { ...upstream, name: '' } }, 'Enter this WSUS server'],
    [{ upstream, own: { ...upstream, port: undefined } }, 'Enter the port of this WSUS server'],
    [{ upstream, own: { ...upstream, useSsl: 1 } }, 'Select yes or no for SSL for clients'],
    [
      { upstream, own: { name: 'wsus2', port: 8531, useSsl: true } },
      'This WSUS server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    ],
    [
      { upstream, own: { name: full, port: 1, useSsl: true } },
      'Port of this WSUS server must be 2 or more with SSL, because update files come from the port below it',
    ],
    [{ upstream, role: 'leader' }, 'Select the role of this server'],
    [{ upstream, proxy: 'p' }, 'The upstream address must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(whyOf(UpstreamAddressInput(input))).toBe(why);
  });

  it('takes its example', () => {
    expect(UpstreamAddressInput(upstreamAddressExample)).toEqual({ ok: true, value: upstreamAddressExample });
  });

  const ids = [...upstreamAddressNeeds, ...upstreamAddressAlso];
  const raw = { upstreamServer: 'wsus1.contoso.com', upstreamPort: '8531', useSsl: 'yes' };
  const own = { wsusServer: 'wsus2.contoso.com', wsusPort: '8530', wsusSsl: 'no' };
  const read = (more: Readonly<Record<string, string>> = {}) =>
    readUpstreamAddress(sheetOf({ ...raw, ...more }, ids), '2026-11-02');

  it('comes from the sheet', () => {
    expect(read()).toEqual({ state: 'ready', input: { upstream: upstreamAddressExample.upstream } });
    expect(read({ ...own, serverRole: 'autonomous' })).toEqual({ state: 'ready', input: upstreamAddressExample });
    expect(read({ ...own, wsusPort: '' })).toEqual({
      state: 'ready',
      input: { upstream: upstreamAddressExample.upstream },
    });
    for (const id of ids) expect(inputs[id]?.id).toBe(id);
    expect(upstreamAddressInputs).toEqual({});
  });

  it('waits for what is missing or wrong, and says what is wrong together', () => {
    expect(readUpstreamAddress({}, '')).toEqual({ state: 'waiting', waitsFor: [...upstreamAddressNeeds] });
    expect(read({ upstreamPort: '0' })).toEqual({ state: 'waiting', waitsFor: ['upstreamPort'] });
    expect(read({ upstreamServer: 'YR2K19' })).toEqual({
      state: 'waiting',
      waitsFor: ['upstreamServer'],
      why: 'Upstream server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    });
    expect(read({ upstreamPort: '1' })).toEqual({
      state: 'waiting',
      waitsFor: ['upstreamPort'],
      why: 'Upstream port must be 2 or more with SSL, because update files come from the port below it',
    });
    expect(read({ ...own, wsusServer: 'wsus2', wsusSsl: 'yes' })).toMatchObject({
      state: 'waiting',
      waitsFor: ['wsusServer'],
    });
  });
});

it('names its sources by address', () => {
  for (const { url, read } of upstreamAddressSources) {
    expect(url).toMatch(/^https:\/\//);
    expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
  }
});
