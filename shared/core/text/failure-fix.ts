import type { Failure, Forbidder } from '../../model/failure.ts';

/**
 * How to fix each kind of denial. The role is deployed with every action it needs, so the cause is nearly always
 * outside the deployment.
 */
export const DENIAL_FIX: Readonly<Record<Forbidder, string>> = {
  organization:
    'A service or resource control policy forbids it: ask those who manage the organization to let the role through. Tablekeeper deploys the role with this permission.',
  'permissions-boundary':
    'Somebody put a permissions boundary on the role: add the action to it. Tablekeeper deploys the role with this permission.',
  'role-deny': 'Somebody gave the role a policy that denies it: take that away.',
  'role-lacks':
    'Tablekeeper deploys the role with this permission, so it was changed since, or is older. Deploy again:',
  resource: "Let the role through in the resource policy of the table, in the topic's, or in the key's.",
  unknown:
    'Tablekeeper deploys the role with this permission, so it is most likely a service control policy or a permissions boundary. The log has the whole of the words.',
};

/** Why a call did not succeed, as far as that decides what to do. */
type Why =
  | { readonly kind: 'throttled' | 'out-of-time' | 'answer' | 'service' | 'region' | 'other' }
  | { readonly kind: 'denied'; readonly by: Forbidder };

/** Names of errors that are the service's own or the connection's. */
const OF_SERVICE =
  /^(?:Internal|Service(?:Unavailable|Exception)|Unavailable|Timeout|Request(?:Timeout|Expired)|E[A-Z]+$)/;

/**
 * What AWS answers to good credentials in a Region that is not enabled in their account.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html (not verified)
 */
const NOT_ENABLED: ReadonlySet<string> = new Set([
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClientException',
]);

const whyOf = (failure: Failure): Why => {
  if (failure.kind === 'call') {
    if (failure.denial !== undefined) return { kind: 'denied', by: failure.denial.by };
    if (failure.isThrottled === true) return { kind: 'throttled' };
    if (NOT_ENABLED.has(failure.code)) return { kind: 'region' };
    return { kind: OF_SERVICE.test(failure.code) ? 'service' : 'other' };
  }
  if (failure.because !== undefined) return whyOf(failure.because);
  if (failure.code === 'out-of-time') return { kind: 'out-of-time' };
  return { kind: failure.code === 'answer-unusable' || failure.code === 'not-as-asked' ? 'answer' : 'other' };
};

/** Checks whether AWS asked for patience every time, or the run's time ended: nothing is wrong with the deployment. */
export const isPassing = (failures: readonly Failure[]): boolean =>
  failures.length > 0 &&
  failures.every((failure) => ['throttled', 'out-of-time'].includes(whyOf(failure).kind));

const PATIENCE =
  'AWS asked for patience: too many calls were made at once. Nothing has to be done unless it lasts; then see in CloudTrail who else calls it so often.';
const NO_TIME = 'The run had no time left for it. Nothing has to be done unless it lasts.';
const ODD_ANSWER = 'AWS answered without what is needed. If it lasts, ask AWS Support with the words above.';
const NO_ANSWER =
  'AWS did not answer, or with a failure of its own. If it lasts, see the AWS Health Dashboard.';
const NO_REGION =
  'AWS does not take the credentials there: most likely the Region is not enabled in the account. Enable it (aws account enable-region --region-name REGION), or name another one in policies.yml.';

/**
 * Says what to do about calls that did not succeed, by the first of them. `mayCall` asks to check the role: it is said only
 * where the service names nobody else.
 */
export const failureFix = ([first]: readonly Failure[], mayCall: string): string => {
  const why: Why = first === undefined ? { kind: 'other' } : whyOf(first);
  switch (why.kind) {
    case 'throttled':
      return PATIENCE;
    case 'out-of-time':
      return NO_TIME;
    case 'answer':
      return ODD_ANSWER;
    case 'service':
      return NO_ANSWER;
    case 'region':
      return NO_REGION;
    case 'denied':
      return why.by === 'role-lacks' || why.by === 'unknown' ? mayCall : DENIAL_FIX[why.by];
    default:
      return mayCall;
  }
};
