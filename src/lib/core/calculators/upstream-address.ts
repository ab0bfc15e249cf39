/**
 * Upstream address: the URL of the upstream WSUS server, the ports to open, which names must be full ones, and what the
 * clients of each server get.
 *
 * SSL changes three things at once: the port, the name, and that a second port stays open for the files.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/2-configure-wsus
 */
import type { Command, CommandPart } from '../commands/command.ts';
import { composeCommand } from '../commands/compose.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { object, oneOf, optional, type InferShape, type Shape } from '../shape.ts';
import { isPortOfOther } from '../sheet/doubts.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import {
  ownServer,
  ownServerInputs,
  readServer,
  wsusServer,
  wsusUrl,
  type WsusServer,
} from './upstream-address-server.ts';

/** With SSL update files come from the port below, so port 1 has no room for them. */
const withFilePort =
  (server: Shape<WsusServer>, portLabel: string): Shape<WsusServer> =>
  (value) => {
    const read = server(value);
    return read.ok && read.value.useSsl && read.value.port === 1
      ? refuse(`${portLabel} must be 2 or more with SSL, because update files come from the port below it`)
      : read;
  };

const upstreamServer = withFilePort(
  wsusServer('Upstream server', 'Upstream port', 'SSL towards the upstream'),
  'Upstream port',
);
const thisServer = withFilePort(ownServer, 'Port of this WSUS server');

export const UpstreamAddressInput = object(
  {
    upstream: upstreamServer,
    /** This server as its clients reach it; adds what they get. */
    own: optional(thisServer),
    /** Adds the command that sets the upstream, which sets the role as well. */
    role: optional(oneOf(['autonomous', 'replica'], 'Select the role of this server')),
  },
  'Enter the upstream server',
  'The upstream address must have no other fields',
);
export type UpstreamAddressInput = InferShape<typeof UpstreamAddressInput>;

/** Codes of what a reader must weigh; `sentences` has the words. */
export type UpstreamNote =
  'ssl-on-http-port' | 'http-on-ssl-port' | 'own-ssl-on-http-port' | 'own-http-on-ssl-port' | 'same-server';

/** What the clients of a server get by the policy "Specify intranet Microsoft update service location". */
export interface ClientValues {
  readonly WUServer: string;
  readonly WUStatusServer: string;
  readonly UseWUServer: 1;
}

/** A server with its address. */
export interface AddressedServer extends WsusServer {
  readonly url: string;
  /** The port from which update files come, always over HTTP. */
  readonly filePort: number;
  /** Everyone who reaches this server must use its full name. */
  readonly needsFullName: boolean;
  /** Inbound on the server, in ascending order. */
  readonly openPorts: readonly number[];
  readonly clients: ClientValues;
}

export interface UpstreamAddress {
  readonly upstream: AddressedServer;
  readonly own?: AddressedServer;
  readonly role?: 'autonomous' | 'replica';
  readonly notes: readonly UpstreamNote[];
}

/** SSL covers metadata only: update files stay on HTTP, on port 80 beside 443, and on the port below any other. */
const filePortOf = ({ port, useSsl }: WsusServer): number => (useSsl ? (port === 443 ? 80 : port - 1) : port);

function addressed(server: WsusServer): AddressedServer {
  const url = wsusUrl(server);
  const filePort = filePortOf(server);
  return {
    ...server,
    url,
    filePort,
    needsFullName: server.useSsl,
    openPorts: [...new Set([filePort, server.port])].sort((one, other) => one - other),
    clients: { WUServer: url, WUStatusServer: url, UseWUServer: 1 },
  };
}

/**
 * Works out the address. Total on parsed input.
 *
 * @example
 * upstreamAddress({ upstream: { name: 'wsus1.contoso.com', port: 8531, useSsl: true } }).upstream
 * //=> { name: 'wsus1.contoso.com', port: 8531, useSsl: true, url: 'https://wsus1.contoso.com:8531', filePort: 8530,
 * //     needsFullName: true, openPorts: [8530, 8531], clients: { WUServer: 'https://wsus1.contoso.com:8531',
 * //     WUStatusServer: 'https://wsus1.contoso.com:8531', UseWUServer: 1 } }
 */
export function upstreamAddress({ upstream, own, role }: UpstreamAddressInput): UpstreamAddress {
  const rules: readonly (readonly [UpstreamNote, boolean | undefined])[] = [
    ['ssl-on-http-port', upstream.useSsl && isDoubtful(upstream)],
    ['http-on-ssl-port', !upstream.useSsl && isDoubtful(upstream)],
    ['own-ssl-on-http-port', own?.useSsl && isDoubtful(own)],
    ['own-http-on-ssl-port', own && !own.useSsl && isDoubtful(own)],
    ['same-server', own?.name.toLowerCase() === upstream.name.toLowerCase()],
  ];
  return {
    upstream: addressed(upstream),
    ...(own && { own: addressed(own) }),
    ...(role && { role }),
    notes: rules.flatMap(([note, holds]) => (holds ? [note] : [])),
  };
}

const isDoubtful = ({ port, useSsl }: WsusServer): boolean => isPortOfOther(`${port} ${useSsl ? 'yes' : 'no'}`);

// --- From the sheet ---------------------------------------------------------------------------------------------

const faultBy =
  (shape: Shape<WsusServer>) =>
  (server: WsusServer): string | undefined => {
    const read = shape(server);
    return read.ok ? undefined : read.why;
  };

export const upstreamAddressNeeds = ['upstreamServer', 'upstreamPort', 'useSsl'] as const;
export const upstreamAddressAlso = [...ownServerInputs, 'serverRole'] as const;

export type UpstreamAddressReading =
  | { readonly state: 'ready'; readonly input: UpstreamAddressInput }
  /** `why` is the sentence when fields are right by themselves and wrong together. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet.
 *
 * @example readUpstreamAddress({}, '2026-11-02')
 *   //=> { state: 'waiting', waitsFor: ['upstreamServer', 'upstreamPort', 'useSsl'] }
 */
export function readUpstreamAddress(sheet: Sheet, _today: string): UpstreamAddressReading {
  const upstream = readServer(sheet, upstreamAddressNeeds, faultBy(upstreamServer));
  if (upstream.state === 'waiting') return upstream;
  const own = readServer(sheet, ownServerInputs, faultBy(thisServer));
  if (own.state === 'waiting' && own.why !== undefined) return own;
  const input = {
    upstream: upstream.server,
    own: own.state === 'ready' ? own.server : undefined,
    role: commandValue(sheet['serverRole']),
  };
  const read = UpstreamAddressInput(input);
  return read.ok
    ? { state: 'ready', input: read.value }
    : { state: 'waiting', waitsFor: ['serverRole'], why: read.why };
}

// --- The words --------------------------------------------------------------------------------------------------

const yesNo = (holds: boolean): string => (holds ? 'yes' : 'no');

const sslPort = 'With SSL the port is usually 8531, or 443 where WSUS has that binding.';
const httpPort = 'Without SSL the port is usually 8530, or 80 before Windows Server 2012.';
const sentences: Readonly<Record<UpstreamNote, string>> = {
  'ssl-on-http-port': `The upstream's port is one that WSUS uses for HTTP. ${sslPort}`,
  'http-on-ssl-port': `The upstream's port is one that WSUS uses for HTTPS. ${httpPort}`,
  'own-ssl-on-http-port': `This server's port is one that WSUS uses for HTTP. ${sslPort}`,
  'own-http-on-ssl-port': `This server's port is one that WSUS uses for HTTPS. ${httpPort}`,
  'same-server': 'This server and its upstream have the same name: a server cannot be its own upstream.',
};

const portsText = ({ useSsl, port, filePort }: AddressedServer): string =>
  useSsl
    ? `${port} (HTTPS, metadata) and ${filePort} (HTTP, update files)`
    : `${port} (HTTP, metadata and update files)`;

/** The address in words, with the commands that record, check and set it. */
export function describeUpstreamAddress(value: UpstreamAddress): Report {
  const { upstream, own, role, notes } = value;
  const servers = [upstream, ...(own ? [own] : [])];
  const columns = ['Clients of the upstream', ...(own ? ['Clients of this server'] : [])];
  const row = (name: keyof ClientValues): readonly string[] => [
    name,
    ...servers.map(({ clients }) => String(clients[name])),
  ];
  return [
    ...notes.map((note): ReportPart => ({ kind: 'warning', text: sentences[note] })),
    {
      kind: 'facts',
      caption: 'Upstream, as the page Choose Upstream Server asks for it',
      rows: [
        { label: 'Server name', value: upstream.name },
        { label: 'Port number', value: String(upstream.port) },
        { label: 'Use SSL when synchronizing update information', value: upstream.useSsl ? 'ticked' : 'not ticked' },
        { label: 'Address', value: upstream.url },
        { label: 'Ports to open inbound on the upstream', value: portsText(upstream) },
        ...(own ? [{ label: 'Ports to open inbound on this server', value: portsText(own) }] : []),
      ],
    },
    {
      kind: 'table',
      caption: 'Names that must be full ones',
      head: ['Where the name stands', 'Name', 'Must be full'],
      rows: [
        ['Upstream on this server, and clients of the upstream', upstream.name, yesNo(upstream.needsFullName)],
        ...(own ? [['Clients of this server', own.name, yesNo(own.needsFullName)]] : []),
        ...servers
          .filter(({ useSsl }) => useSsl)
          .map(({ name }) => ['wsusutil configuressl, on that server', name, 'yes']),
      ],
    },
    ...(servers.some(({ useSsl }) => useSsl)
      ? [
          {
            kind: 'sentence' as const,
            text:
              'SSL covers metadata only. Update files come over HTTP, from port 80 beside 443 and from the port below any ' +
              'other, and are checked by signature and hash: open both ports, and never require SSL on the whole site.',
          },
          {
            kind: 'note' as const,
            text:
              'The certificate authority must be in the Trusted Root store of the computer, not of the user, on clients, ' +
              'downstream servers and consoles.',
          },
        ]
      : []),
    {
      kind: 'table',
      caption: 'Policy Specify intranet Microsoft update service location',
      head: ['Registry value', ...columns],
      rows: [row('WUServer'), row('WUStatusServer'), row('UseWUServer')],
    },
    {
      kind: 'sentence',
      text: 'Clients of this ring get the address of this server: at the upstream they would get what its own ring gets.',
    },
    ...commandParts(
      recordCommand(),
      ...checkCommands(upstream),
      ...(role ? [setCommand(upstream, role), verifyCommand(upstream, role)] : []),
    ),
    {
      kind: 'note',
      text: role
        ? 'To undo, run Set-WsusServerSynchronization again with the recorded name, port, SSL and role; where ' +
          'SyncFromMicrosoftUpdate was True, run it with -SyncFromMU.'
        : 'Select the role of this server to get the command that sets the upstream: the command sets the role as well.',
    },
  ];
}

// --- PowerShell -------------------------------------------------------------------------------------------------

type Draft = Pick<Command, 'title' | 'why'> & { readonly text: Result<string> };

const commandParts = (...drafts: readonly Draft[]): ReportPart[] =>
  drafts.map(({ title, why, text }) =>
    text.ok
      ? {
          kind: 'command',
          command: {
            shell: 'powershell',
            title,
            text: text.value,
            why,
            where: 'this WSUS server, Windows PowerShell as administrator',
          },
        }
      : { kind: 'warning', text: `There is no command for "${title}". ${text.why}` },
  );

const readUpstream = ok(
  "(Get-WsusServer).GetConfiguration() | Format-List 'SyncFromMicrosoftUpdate', 'UpstreamWsusServerName', " +
    "'UpstreamWsusServerPortNumber', 'UpstreamWsusServerUseSsl', 'IsReplicaServer'",
);

const recordCommand = (): Draft => ({
  title: 'Show the present upstream',
  why: 'Changes nothing. Record all five values: undo puts back exactly these.',
  text: readUpstream,
});

/** Name and port go through PowerShell's door. */
function withServer(server: WsusServer, ...parts: readonly CommandPart[]): Result<string> {
  const { text, refusals } = composeCommand('powershell', parts, (of) => (of === 'port' ? server.port : server.name));
  return text === undefined ? refuse(refusals[0]?.why ?? '') : ok(text);
}

const checkCommands = (server: AddressedServer): Draft[] =>
  server.openPorts.map((port) => ({
    title: `Check port ${port} of the upstream`,
    why: 'TcpTestSucceeded is True.',
    text: withServer(
      { ...server, port },
      { text: 'Test-NetConnection -ComputerName ' },
      { of: 'name' },
      { text: ' -Port ' },
      { of: 'port' },
    ),
  }));

const setCommand = (server: WsusServer, role: 'autonomous' | 'replica'): Draft => ({
  title: 'Set the upstream',
  why: 'Sets the upstream and the role of the WSUS server that it runs on.',
  text: withServer(
    server,
    { text: 'Set-WsusServerSynchronization -UssServerName ' },
    { of: 'name' },
    { text: ' -PortNumber ' },
    { of: 'port' },
    { text: `${server.useSsl ? ' -UseSsl' : ''}${role === 'replica' ? ' -Replica' : ''}` },
  ),
});

const verifyCommand = ({ name, port, useSsl }: WsusServer, role: 'autonomous' | 'replica'): Draft => ({
  title: 'Check the upstream',
  why: `Shows False, ${name}, ${port}, ${useSsl ? 'True' : 'False'}, and ${role === 'replica' ? 'True' : 'False'} for IsReplicaServer.`,
  text: readUpstream,
});

// --- For people and pages ---------------------------------------------------------------------------------------

/** The input of the worked example; no site's values, and never a default. */
export const upstreamAddressExample: UpstreamAddressInput = {
  upstream: { name: 'wsus1.contoso.com', port: 8531, useSsl: true },
  own: { name: 'wsus2.contoso.com', port: 8530, useSsl: false },
  role: 'autonomous',
};

export const upstreamAddressSources: readonly Source[] = [
  {
    title: 'Step 2: Configure WSUS',
    url: 'https://learn.microsoft.com/en-us/windows-server/administration/windows-server-update-services/deploy/2-configure-wsus',
    read: '',
  },
  {
    title: 'WindowsUpdate.admx, Windows 11 24H2 templates',
    url: 'https://github.com/mxk/windows-secure-group-policy/blob/1baf2692fd67dec40be81b386c6362383a4b1308/PolicyDefinitions/WindowsUpdate.admx',
    read: '',
  },
  {
    title: 'Set-WsusServerSynchronization',
    url: 'https://learn.microsoft.com/en-us/powershell/module/updateservices/set-wsusserversynchronization',
    read: '2016-12-20',
  },
];
