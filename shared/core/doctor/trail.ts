import { type Advice, advise } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Trail } from '../../model/trail.ts';
import { agoText } from '../text/time.ts';
import { reasonText } from './reason-text.ts';
import { createCommands, type Way, wayToStart, wayToWiden } from './trail-commands.ts';
import { type TrailReach, trailReach } from './trail-reach.ts';

/** The trails that were seen. */
export interface TrailsSeen {
  readonly items: readonly Trail[];
  /** Why the list may be incomplete. */
  readonly gap?: Failure;
}

interface Around {
  readonly region: string;
  readonly now: Instant;
  /** When a trail last reported a call; absent when none ever did, or it could not be read. */
  readonly lastCallAt?: Instant;
}

const ITEM = 'CloudTrail';

const WITHOUT = 'hints of calls come only by one; all works without, only later';

const BUCKET =
  'Make one; CloudTrail does not charge for its first copy of management events, S3 does for keeping it. BUCKET has to let CloudTrail write (docs/deploy.md, “A trail”):';

const reachOf = ({ selectors }: Trail): TrailReach | undefined => selectors && trailReach(selectors);

/** The state of a trail, from the best to the worst. */
type TrailCondition = 'whole' | 'partly' | 'unseen' | 'not-taken-in' | 'stopped' | 'stopped-and-not-taken-in';

const ORDER: readonly TrailCondition[] = [
  'whole',
  'partly',
  'unseen',
  'not-taken-in',
  'stopped',
  'stopped-and-not-taken-in',
];

const rpoStatusOf = (trail: Trail): TrailCondition => {
  const reach = reachOf(trail);
  if (trail.isLogging === undefined || reach === undefined) return 'unseen';
  if (!trail.isLogging) return reach === 'all' ? 'stopped' : 'stopped-and-not-taken-in';
  if (reach === 'all') return 'whole';
  return reach === 'some' ? 'partly' : 'not-taken-in';
};

const SAYS: Readonly<Record<TrailCondition, string>> = {
  whole: 'logs the calls that change tables',
  partly: 'logs only some of the calls that change tables',
  unseen: 'could not be looked into',
  'not-taken-in': 'takes in no calls that change tables',
  stopped: 'is stopped',
  'stopped-and-not-taken-in': 'is stopped, and takes in no calls that change tables, or only some',
};

const waysOf = (trail: Trail, standing: TrailCondition): readonly Way[] => {
  const widen = wayToWiden(trail, trail.selectors ?? []);
  if (standing === 'stopped') return [wayToStart(trail)];
  return standing === 'stopped-and-not-taken-in' ? [widen, wayToStart(trail)] : [widen];
};

const fixOf = (trail: Trail, standing: TrailCondition): Advice => {
  const ways = waysOf(trail, standing);
  const what = ways.map(({ advice }) => advice).join(', and ');
  const sentence = trail.ofOrganization
    ? `It is of the organization: ask those who manage that to ${what}`
    : `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return advise(`${sentence}:`, ...ways.map(({ command }) => command));
};

const lastCallText = ({ lastCallAt, now }: Around): string =>
  lastCallAt === undefined
    ? '; no call was reported yet'
    : `; the last call was reported ${agoText(lastCallAt, now)}`;

const unseen = (failure: Failure, around: Around): Diagnosis => ({
  item: ITEM,
  status: 'unknown',
  says: `whether a trail logs here could not be seen: ${reasonText(failure)}${lastCallText(around)}`,
  fix: advise('Allow yourself cloudtrail:DescribeTrails, GetTrailStatus and GetEventSelectors, or ask:', [
    'aws',
    'cloudtrail',
    'describe-trails',
    '--region',
    around.region,
  ]),
});

const noTrail = (around: Around): Diagnosis => ({
  item: ITEM,
  status: 'advised',
  says: `there is no trail here; ${WITHOUT}`,
  fix: advise(BUCKET, ...createCommands(around.region)),
});

/**
 * Orders trails from the best to the worst; at the same state, the account's own precedes one of the organization
 * because it can be changed from here.
 */
const byStanding = (a: Trail, b: Trail): number =>
  ORDER.indexOf(rpoStatusOf(a)) - ORDER.indexOf(rpoStatusOf(b)) ||
  Number(a.ofOrganization) - Number(b.ofOrganization);

/**
 * Reports whether a trail logs the calls that change tables in a Region now. No trail is not a fault: without one,
 * changes are seen at the next audit. What could not be read is unknown unless another trail logs everything.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html (checked 2026-11-25)
 */
export const trailDiagnosis = ({ items, gap }: TrailsSeen, around: Around): Diagnosis => {
  const trails = items.toSorted(byStanding);
  const [best] = trails;
  if (best === undefined) return gap === undefined ? noTrail(around) : unseen(gap, around);
  const standing = rpoStatusOf(best);
  if (standing === 'whole')
    return { item: ITEM, status: 'fine', says: `${best.name} ${SAYS.whole}${lastCallText(around)}` };
  const hidden = gap ?? trails.find((trail) => rpoStatusOf(trail) === 'unseen')?.gap;
  if (hidden !== undefined) return unseen(hidden, around);
  const says = trails.map((trail) => `${trail.name} ${SAYS[rpoStatusOf(trail)]}`).join('; ');
  return { item: ITEM, status: 'advised', says: `${says}; ${WITHOUT}`, fix: fixOf(best, standing) };
};
