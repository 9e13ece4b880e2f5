import { addressFaultText, readOutsideAddress } from '../system/outside-address.ts';
import { mistake, type Service } from './service.ts';

/**
 * Where events go. An account of PagerDuty's European region has a host of its own.
 * @see https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/02-Trigger-Events.md (checked 2026-11-28)
 * @see https://support.pagerduty.com/main/docs/service-regions (not verified)
 */
const EVENTS = 'https://events.pagerduty.com/v2/enqueue';
const EVENTS_EU = 'https://events.eu.pagerduty.com/v2/enqueue';

/** @see https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/02-Trigger-Events.md (32 characters, checked 2026-11-28) */
const KEY = /^[A-Za-z0-9]{32}$/;

const PAGERDUTY_HOST = /(?:^|\.)pagerduty\.com$/;

const FIX = `Write the integration key of an "Events API v2" integration into it: 32 letters and digits. For an account of PagerDuty's European region, write ${EVENTS_EU} on the first line and the key on the second.`;

const notAKey = (parameter: string, why: string) =>
  mistake(`What stands in ${parameter} is no integration key of PagerDuty: ${why}.`, FIX);

/** PagerDuty's Events API v2, by the integration key of a service. The key is part of every event, so it is added where it is known: here. */
export const PAGERDUTY: Service = {
  name: 'PagerDuty',
  refusedCode: 'pagerduty-refused',
  open: (text, parameter, asking) => {
    const words = text.trim().split(/\s+/);
    const [address = '', key = ''] = words.length === 1 ? [EVENTS, ...words] : words;
    if (words.length > 2) throw notAKey(parameter, 'there is more than an address and a key');
    const reading = readOutsideAddress(address, asking);
    if ('fault' in reading)
      throw notAKey(parameter, `what stands before it ${addressFaultText(reading.fault)}`);
    if (!KEY.test(key)) throw notAKey(parameter, 'a key has 32 letters and digits');
    const { url } = reading;
    const isUsual = url.href === EVENTS || url.href === EVENTS_EU;
    if (!isUsual && PAGERDUTY_HOST.test(url.hostname))
      throw notAKey(parameter, 'the address before it takes no events');
    return { url, isUsual, complete: (event) => ({ routing_key: key, ...event }) };
  },
  isTaken: ({ status }) => status === 202,
  fixOf: (_status, parameter) =>
    `See in PagerDuty whether the service and its integration are there, and write the integration key into ${parameter}.`,
  doubtOf: (parameter) => ({
    what: `${parameter} holds a key, and an address that is not one of PagerDuty`,
    fix: `Leave it if that server takes events of PagerDuty. Otherwise: ${FIX}`,
  }),
};
