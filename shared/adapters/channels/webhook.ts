import { createHash, createHmac } from 'node:crypto';
import { SECOND_MS } from '../../model/instant.ts';
import { addressFaultText, readOutsideAddress } from '../system/outside-address.ts';
import { type Attempt, mistake, type Service } from './service.ts';

/** A key as it is written down: so many random bytes in base64. */
const KEY = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const LEAST_KEY_BYTES = 24;
const MOST_KEY_BYTES = 64;

const FIX =
  'Write two lines into it: the address, and a key to sign with. A key: echo "whsec_$(openssl rand -base64 32)". A further key on a further line signs as well, so that one can be replaced.';

const wrong = (parameter: string, why: string) =>
  mistake(`What stands in ${parameter} is not the address of a webhook and a key to sign with: ${why}.`, FIX);

const keyIn = (word: string, parameter: string): Buffer => {
  const key = Buffer.from(KEY.exec(word)?.[1] ?? '', 'base64');
  if (key.length >= LEAST_KEY_BYTES && key.length <= MOST_KEY_BYTES) return key;
  throw wrong(
    parameter,
    `a key is whsec_ and ${LEAST_KEY_BYTES} to ${MOST_KEY_BYTES} random bytes in base64`,
  );
};

/** An id must hold no full stop, which parts what is signed. One that is missing is made of the document, so that a repetition has the same. */
const idOf = ({ id, body }: Attempt): string =>
  /^[\w-]{1,100}$/.test(id) ? id : createHash('sha256').update(body).digest('hex');

const headersWith =
  (keys: readonly Buffer[]) =>
  (attempt: Attempt): Readonly<Record<string, string>> => {
    const [id, seconds] = [idOf(attempt), Math.floor(attempt.at / SECOND_MS)];
    const signed = `${id}.${seconds}.${attempt.body}`;
    const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    return {
      'webhook-id': id,
      'webhook-timestamp': `${seconds}`,
      'webhook-signature': signatures.join(' '),
    };
  };

/**
 * Any server, in the way of Standard Webhooks, for which there are libraries: a JSON document, an id that stays the same when it is sent again, the time of
 * the attempt, and a signature (HMAC-SHA256) of all three, so that a receiver can refuse what is forged and what is old.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (1.0.0, checked 2026-11-28)
 */
export const WEBHOOK: Service = {
  name: 'The webhook',
  refusedCode: 'webhook-refused',
  open: (text, parameter, asking) => {
    const [address = '', ...words] = text.trim().split(/\s+/);
    const reading = readOutsideAddress(address, asking);
    if ('fault' in reading) throw wrong(parameter, `its first line ${addressFaultText(reading.fault)}`);
    if (words.length === 0) throw wrong(parameter, 'there is no key behind the address');
    const keys = words.map((word) => keyIn(word, parameter));
    return { url: reading.url, isUsual: true, headersOf: headersWith(keys) };
  },
  isTaken: ({ status }) => status >= 200 && status < 300,
  fixOf: (_status, parameter) =>
    `See in the log of that server why, or write another address into ${parameter}.`,
  doubtOf: (parameter) => ({ what: `${parameter} holds an address that is unusual`, fix: FIX }),
};
