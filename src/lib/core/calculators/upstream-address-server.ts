/**
 * The address of a WSUS server: its URL, the port that goes with it, and whether its name must be the full one.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/2-configure-wsus
 *   sections 2.1 (ports) and 2.5 (SSL)
 */
import { refuse } from '../result.ts';
import { object, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { numberOf, textOf, yesOrNo } from './field-shapes.ts';
import { answerIn, numberIn, textIn } from './sheet-values.ts';

/** A WSUS server as its clients or downstream servers reach it. */
export interface WsusServer {
  readonly name: string;
  /** From 1 to 65535. */
  readonly port: number;
  readonly useSsl: boolean;
}

/** Has a dot, and is not an IPv4 address. */
const fullName = /\.(?!\d+$)[^.]+$/;

/**
 * Reads a WSUS server. With SSL it must have its full name, which is the one in the certificate.
 *
 * The labels are those of the three fields.
 */
export const wsusServer = /* @__NO_SIDE_EFFECTS__ */ (
  label: string,
  portLabel: string,
  sslLabel: string,
): Shape<WsusServer> => {
  const fields = object(
    {
      name: textOf({ kind: 'host', label }),
      port: numberOf({ kind: 'port', label: portLabel }),
      useSsl: yesOrNo(sslLabel),
    },
    `${label} must have name, port and SSL only`,
  );
  return (value) => {
    const read = fields(value);
    const fault = read.ok ? nameFault(label)(read.value) : undefined;
    return fault === undefined ? read : refuse(fault);
  };
};

/** What is wrong with a server whose fields are right by themselves; nothing when it will do. */
export const nameFault =
  (label: string) =>
  ({ name, useSsl }: WsusServer): string | undefined =>
    useSsl && !fullName.test(name)
      ? `${label} must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate`
      : undefined;

const ownLabel = 'This WSUS server';
/** Of the server that clients reach. */
export const ownNameFault = nameFault(ownLabel);

/** The server of the sheet that clients reach, by the labels of its fields. */
export const ownServer = wsusServer(ownLabel, 'Port of this WSUS server', 'SSL for clients');

/** Inputs of the server that clients reach. */
export const ownServerInputs = ['wsusServer', 'wsusPort', 'wsusSsl'] as const;

/** Inputs of a server on the sheet. */
export type ServerInputs = readonly [name: string, port: string, ssl: string];

/** A server read from a sheet; `why` is the sentence when fields are right by themselves and wrong together. */
export type ServerReading =
  | { readonly state: 'ready'; readonly server: WsusServer }
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Reads a server from the three inputs of a sheet.
 *
 * @param faultOf What is wrong with fields that are right by themselves.
 */
export function readServer(
  sheet: Sheet,
  inputs: ServerInputs,
  faultOf: (server: WsusServer) => string | undefined,
): ServerReading {
  const name = textIn(sheet, inputs[0]);
  const port = numberIn(sheet, inputs[1]);
  const useSsl = answerIn(sheet, inputs[2]);
  if (name === undefined || port === undefined || useSsl === undefined) {
    return { state: 'waiting', waitsFor: inputs.filter((id) => sheet[id]?.state !== 'given') };
  }
  const why = faultOf({ name, port, useSsl });
  if (why === undefined) return { state: 'ready', server: { name, port, useSsl } };
  return { state: 'waiting', waitsFor: [fullName.test(name) ? inputs[1] : inputs[0]], why };
}

/**
 * What clients and downstream servers use, always with its port.
 *
 * @example wsusUrl({ name: 'wsus1.contoso.com', port: 8531, useSsl: true }) //=> 'https://wsus1.contoso.com:8531'
 */
export const wsusUrl = ({ name, port, useSsl }: WsusServer): string => `${useSsl ? 'https' : 'http'}://${name}:${port}`;
