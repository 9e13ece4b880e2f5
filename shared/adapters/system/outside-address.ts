import { BlockList, isIP } from 'node:net';
import { areLocalAddressesAllowed } from './env.ts';

/** Why an address is not one that a function may send to. */
export type AddressFault = 'no-address' | 'not-https' | 'with-user' | 'local';

/** An address, or what is wrong with it. */
export type AddressReading = { readonly url: URL } | { readonly fault: AddressFault };

type Network = readonly [address: string, bits: number];

const closed = (family: 'ipv4' | 'ipv6', networks: readonly Network[]): BlockList => {
  const list = new BlockList();
  for (const [address, bits] of networks) list.addSubnet(address, bits, family);
  return list;
};

/** Networks that are this machine, this link or private, and never the internet. */
const CLOSED_4 = closed('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
]);

/** The same, and every form in which an address of the other family stands for itself. */
const CLOSED_6 = closed('ipv6', [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
]);

/** Names that only this machine or its network knows: those without a dot, and what is reserved for them. */
const CLOSED_NAME = /^[^.]*$|(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/;

/** What Lambda asks its own functions, extensions and logs by, at whatever address. */
const RUNTIME_API = /^\/+20\d\d-\d\d-\d\d\/+(?:runtime|extension|telemetry|logs)(?:\/|$)/;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

const isLocal = (hostname: string): boolean => {
  const name = hostname.replace(/\.$/, '');
  const literal = name.replace(/^\[|\]$/g, '');
  switch (isIP(literal)) {
    case 4:
      return CLOSED_4.check(literal, 'ipv4');
    case 6:
      return CLOSED_6.check(literal, 'ipv6');
    default:
      return CLOSED_NAME.test(name);
  }
};

/** On one machine, for tests and demonstrations; never Lambda's own API. */
const isAllowedHere = ({ hostname }: URL): boolean => areLocalAddressesAllowed() && LOOPBACK.has(hostname);

/** The caller: a function that is about to send, or a check whether a deployed one could. */
export type Asking = 'to-send' | 'to-check';

/**
 * SAFETY: the only place that decides where a function may send to. Anyone who may write the parameter with a webhook's or a check's address could
 * otherwise reach Lambda's runtime API on 127.0.0.1. Reads a text as an address on the internet: https, no user in it, and no host that is this
 * machine, its network or Lambda's own API. The standard's URL parser has already normalized unusual spellings (`0x7f.1`, `2130706433`).
 */
export const readOutsideAddress = (text: string, asking: Asking): AddressReading => {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return { fault: 'no-address' };
  if (url.username !== '' || url.password !== '') return { fault: 'with-user' };
  if (RUNTIME_API.test(url.pathname)) return { fault: 'local' };
  if (asking === 'to-send' && isAllowedHere(url)) return { url };
  if (isLocal(url.hostname)) return { fault: 'local' };
  return url.protocol === 'https:' ? { url } : { fault: 'not-https' };
};

const SAYS: Readonly<Record<AddressFault, string>> = {
  'no-address': 'is no address that begins with https://',
  'not-https': 'is an address without encryption (http://): whoever listens on the way could read it',
  'with-user': 'holds a user or a password before an @: what stands behind it is the true host',
  local: 'leads to this machine, its network or the API of Lambda itself, and not to the internet',
};

/** Returns what is wrong with an address, as the end of a sentence that begins with its parameter. No part of the address is repeated. */
export const addressFaultText = (fault: AddressFault): string => SAYS[fault];
