import { UserError } from '../../model/errors.ts';
import type { Beat } from '../../ports/heartbeat.ts';
import { type Asking, addressFaultText, readOutsideAddress } from '../system/outside-address.ts';
import { beatUrl } from './heartbeat-services.ts';

const FIX = 'Write the address of a check into it, such as https://hc-ping.com/your-uuid, as a SecureString.';

const mistake = (what: string): UserError => new UserError({ code: 'heartbeat-url', what, fix: FIX });

/**
 * Returns the address of a check that a text holds. The doctor and the function that sends both ask here, so that neither takes what the other
 * does not. Throws a `UserError` that repeats nothing of the text.
 */
export const heartbeatAddress = (text: string, parameter: string, asking: Asking): URL => {
  const reading = readOutsideAddress(text, asking);
  if ('fault' in reading)
    throw mistake(
      `The parameter ${parameter} holds no address of a check. What stands there ${addressFaultText(reading.fault)}.`,
    );
  if (reading.url.pathname === '/' && reading.url.search === '')
    throw mistake(
      `The parameter ${parameter} holds no address of a check. What stands there names a host and no check of it.`,
    );
  return reading.url;
};

/** Returns the URL to get for a beat; undefined where the service of the address knows no such beat. Throws as `heartbeatAddress`. */
export const heartbeatUrl = (text: string, parameter: string, beat: Beat): URL | undefined =>
  beatUrl(heartbeatAddress(text, parameter, 'to-send'), beat);
