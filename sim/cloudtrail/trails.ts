import { trailArn } from '../arn.ts';
import type { AccountWith, ContextOn } from '../call.ts';
import { serviceFailure } from '../failure.ts';

/** What of the events in a Region a trail takes in, as the service words it. */
export interface EventSelector {
  readonly ReadWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents: boolean;
  readonly DataResources: readonly object[];
  readonly ExcludeManagementEventSources: readonly string[];
}

export interface AdvancedEventSelector {
  readonly Name?: string;
  /** `Field`, and values by operator: `Equals`, `NotStartsWith`. */
  readonly FieldSelectors: readonly Readonly<Record<string, string | readonly string[]>>[];
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  /** One of the two is empty. */
  selectors: readonly EventSelector[];
  advancedSelectors: readonly AdvancedEventSelector[];
  hasCustomSelectors: boolean;
  isLogging: boolean;
  startedAt: number | undefined;
  stoppedAt: number | undefined;
}

/** Trails that record in the account and Region, by ARN: its own, and the shadows of others. */
export type Trails = Map<string, Trail>;

export const createTrails = (): Trails => new Map();

/** What holds them. */
interface State {
  readonly trails: Trails;
}

/** What a trail takes in until somebody says otherwise. */
export const ALL_MANAGEMENT_EVENTS: EventSelector = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

/** What there is to say of a new trail. */
export interface NewTrail {
  readonly name: string;
  readonly bucket?: string;
  readonly isMultiRegion?: boolean;
  readonly isOrganization?: boolean;
  /** The account's own Region when absent; a trail of another is seen here as its shadow. */
  readonly homeRegion?: string;
  /** The account's own when absent; the trail of an organization belongs to the one that manages it. */
  readonly accountId?: string;
}

/** Makes a trail that takes in all management events and does not log yet. */
export const addTrail = (account: AccountWith<State>, wish: NewTrail): Trail => {
  const { name, bucket = 'trail-logs', isMultiRegion = false, isOrganization = false } = wish;
  const { homeRegion = account.region, accountId = account.accountId } = wish;
  const trail: Trail = {
    name,
    arn: trailArn({ accountId, region: homeRegion }, name),
    homeRegion,
    bucket,
    isMultiRegion,
    isOrganization,
    selectors: [ALL_MANAGEMENT_EVENTS],
    advancedSelectors: [],
    hasCustomSelectors: false,
    isLogging: false,
    startedAt: undefined,
    stoppedAt: undefined,
  };
  account.state.trails.set(trail.arn, trail);
  return trail;
};

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{1,126})[a-zA-Z0-9]$/;

export const checkName = (name: string): void => {
  if (NAME.test(name)) return;
  const message =
    'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).';
  throw serviceFailure('InvalidTrailNameException', message);
};

/** The trail of that ARN, or the account's own of that name: a shadow is found by its ARN alone. */
export const existingTrail = ({ account }: ContextOn<State>, nameOrArn: unknown): Trail => {
  const text = String(nameOrArn ?? '');
  const isArn = text.startsWith('arn:');
  if (!isArn) checkName(text);
  const arn = isArn ? text : trailArn(account, text);
  const trail = account.state.trails.get(arn);
  if (!trail) {
    throw serviceFailure(
      'TrailNotFoundException',
      `Unknown trail: ${arn} for the user: ${account.accountId}`,
    );
  }
  return trail;
};

/** The same for a change, which only the home Region and the account that owns the trail may make. */
export const ownTrail = (context: ContextOn<State>, nameOrArn: unknown): Trail => {
  const { accountId, region } = context.account;
  const trail = existingTrail(context, nameOrArn);
  if (trail.homeRegion !== region) {
    const message = `Trail ${trail.arn} cannot be updated in the ${region} region; its home region is ${trail.homeRegion}.`;
    throw serviceFailure('InvalidHomeRegionException', message);
  }
  if (!trail.arn.includes(`:${accountId}:`)) {
    const message = 'You cannot change the trail of an organization from an account that is its member.';
    throw serviceFailure('NotOrganizationMasterAccountException', message);
  }
  return trail;
};
