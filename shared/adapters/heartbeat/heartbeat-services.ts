import { UserError } from '../../model/errors.ts';
import type { Beat } from '../../ports/messages.ts';
import type { Secret, SecretCheck } from '../../ports/secrets.ts';
import { type Asking, addressFaultText, readOutsideAddress } from '../system/outside-address.ts';

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

/** Checks the form of a heartbeat check's address. Nothing is sent there. */
export const heartbeatCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    heartbeatAddress(await secret.read(), secret.name, 'to-check');
    return undefined;
  },
});

/** What a beat changes of the plain address of a check; nothing is sent where a service does not know the beat. */
type Change = (address: URL) => URL;

/** How one service expects beats. A success always goes to the plain address unless stated. */
interface Service {
  readonly isIts: (address: URL) => boolean;
  readonly start?: Change;
  readonly success?: Change;
  readonly failure?: Change;
}

const below =
  (suffix: string): Change =>
  (address) => {
    const url = new URL(address);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${suffix}`;
    return url;
  };

const asking =
  (parameters: Readonly<Record<string, string>>): Change =>
  (address) => {
    const url = new URL(address);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url;
  };

const isOn =
  (...domains: readonly string[]) =>
  ({ hostname }: URL): boolean =>
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** A healthchecks of one's own pings at `/ping/UUID`, or at `/ping/KEY/NAME` with a key of 22 characters (the paths and the length: not verified). */
const OWN_HEALTHCHECKS = new RegExp(`/ping/(?:${UUID}|[\\w-]{22}/[\\w-]+)/?$`, 'i');

const SERVICES: readonly Service[] = [
  // https://healthchecks.io/docs/slug_urls/ (checked 2026-11-28)
  {
    isIts: (address) =>
      isOn('hc-ping.com', 'healthchecks.io')(address) || OWN_HEALTHCHECKS.test(address.pathname),
    start: below('/start'),
    failure: below('/fail'),
  },
  // https://betterstack.com/docs/uptime/cron-and-heartbeat-monitor/ (that /fail reports a failure: not verified)
  { isIts: isOn('betterstack.com', 'betteruptime.com'), failure: below('/fail') },
  // https://cronitor.io/docs/telemetry-api (checked 2026-11-28)
  {
    isIts: isOn('cronitor.link', 'cronitor.io'),
    start: asking({ state: 'run' }),
    success: asking({ state: 'complete' }),
    failure: asking({ state: 'fail' }),
  },
  // Uptime Kuma's push monitors, on a host of one's own: https://github.com/louislam/uptime-kuma/issues/1593 (checked 2026-11-28)
  {
    isIts: ({ pathname }) => /\/api\/push\/[\w-]+\/?$/.test(pathname),
    success: asking({ status: 'up', msg: 'OK' }),
    failure: asking({ status: 'down', msg: 'the audit failed' }),
  },
  // https://docs.sentry.io/product/crons/getting-started/http/ (checked 2026-11-28)
  {
    isIts: ({ pathname }) => /^\/api\/\d+\/cron\/[\w-]+\/\w+\/?$/.test(pathname),
    start: asking({ status: 'in_progress' }),
    success: asking({ status: 'ok' }),
    failure: asking({ status: 'error' }),
  },
];

const plainly: Change = (address) => address;

/** Every service knows the plain address; one that knows nothing else raises its alarm because no success comes. */
const PLAIN: Service = { isIts: () => true };

/**
 * Returns the URL to get for a beat: as the service of that address understands it, a query kept. A success goes to the plain address of any
 * service. Undefined where the service knows no such beat, because many answer 404 to whatever they do not know.
 */
export const beatUrl = (address: URL, beat: Beat): URL | undefined => {
  const { success = plainly, ...others } = SERVICES.find(({ isIts }) => isIts(address)) ?? PLAIN;
  const change = beat === 'success' ? success : others[beat];
  return change?.(address);
};
