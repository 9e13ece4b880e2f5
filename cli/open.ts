import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import { NAME_PATTERN } from '../shared/model/recovery-point-name.ts';
import type { TerminalOptions } from '../shared/run/compose.ts';
import type { Deps } from '../shared/run/deps.ts';
import { readPolicies } from './policies.ts';
import { checkProfile } from './profile.ts';
import { showProgress } from './progress.ts';
import { regionOf } from './region.ts';
import type { Session } from './session.ts';
import { simulatedClock } from './simulated-clock.ts';

/** Returns the instance that was named. Throws a `UserError` for what cannot name one. */
export const instanceOf = ({ options: { instance } }: Session): string => {
  if (NAME_PATTERN.test(instance)) return instance;
  throw new UserError({
    code: 'instance-name',
    what: `${JSON.stringify(instance)} cannot name an instance.`,
    fix: 'After --instance, write the name it was deployed with: lower-case letters, digits and inner hyphens.',
  });
};

const isUrlOfService = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

const givenUrl = ({ options, terminal }: Session): string =>
  options.endpointUrl ?? terminal.env.AWS_ENDPOINT_URL ?? '';

/** A simulated account has its own clock; a clock that was passed in takes precedence. */
const clockOf = async (session: Session): Promise<Pick<TerminalOptions, 'clock'>> => {
  if (session.terminal.seat.clock !== undefined) return {};
  const clock = await simulatedClock(givenUrl(session));
  return clock === undefined ? {} : { clock };
};

/** The SDK reads its own variable; here it is only checked, because a wrong one would fail deep inside. */
const endpointOf = (session: Session): { readonly endpoint?: string } => {
  const { endpointUrl } = session.options;
  const url = givenUrl(session);
  if (url !== '' && !isUrlOfService(url)) {
    const what = `${JSON.stringify(url)} is no URL of a service.`;
    const fix = 'Write one such as http://127.0.0.1:4567 after --endpoint-url, or in AWS_ENDPOINT_URL.';
    throw new UserError({ code: 'endpoint-url', what, fix });
  }
  return endpointUrl === undefined ? {} : { endpoint: endpointUrl };
};

/**
 * Resolves what the user gives: the policy file, read first, the instance, the Region, and the
 * endpoint. Throws a `UserError` for anything that the user has to fix.
 */
export const seatOf = async (session: Session): Promise<TerminalOptions> =>
  seatWith(session, await readPolicies(session, session.options.policies));

/** Resolves the same for policies that are not read from the file of the session. */
export const seatWith = async (session: Session, policies: Policies): Promise<TerminalOptions> => {
  const { options, terminal } = session;
  const instance = instanceOf(session);
  const endpoint = endpointOf(session);
  await checkProfile(session);
  const region = await regionOf(session);
  if (options.profile !== undefined) terminal.selectProfile(options.profile);
  const { wireThroughProxy } = await import('../shared/run/compose-wire.ts');
  const wire = terminal.seat.requestHandler === undefined ? wireThroughProxy(terminal.env) : {};
  const role = terminal.env.TABLEKEEPER_VAULT_ROLE_ARN;
  const vaults = role === undefined || role === '' ? {} : { vaultRoleArn: role };
  return {
    ...terminal.seat,
    ...wire,
    ...vaults,
    ...(await clockOf(session)),
    ...endpoint,
    policies,
    instance,
    region,
  };
};

/**
 * Builds the parts of a run on the account of the user's credentials, after reading the policy
 * file. Throws a `UserError` for anything that the user has to fix. The SDK is loaded here, so that
 * commands without AWS start at once.
 */
export const openParts = async (session: Session): Promise<Deps> => {
  const seat = await seatOf(session);
  const { composeFromTerminal } = await import('../shared/run/compose.ts');
  const parts = await composeFromTerminal(seat);
  showProgress(parts, session.terminal.stderr);
  return parts;
};
