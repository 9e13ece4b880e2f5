import type { SimAccount } from '../account.ts';
import type { RegionSettings } from '../backup/region-settings.ts';
import { changeSelectors } from '../cloudtrail/put-event-selectors.ts';
import { beginLogging } from '../cloudtrail/start-logging.ts';
import {
  type AdvancedEventSelector,
  addTrail,
  type EventSelector,
  type NewTrail,
  type Trail,
} from '../cloudtrail/trails.ts';
import { addSubscription } from '../sns/subscriptions.ts';
import { addTopic } from '../sns/topics.ts';
import { writeParameter } from '../ssm.ts';

/** Puts a function there, over what was there of its name. It can be looked at, and does not run. */
export const putFunction = (
  account: SimAccount,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): void => {
  account.state.functions.set(name, { name, environment, changedAt: account.clock.now() });
};

/** Makes the account a member of an organization. */
export const joinOrganization = ({ state }: SimAccount): void => {
  state.organization.isMember = true;
};

/** Puts a tag policy in force in the account, as the document that all policies above it come to; undefined takes it away. */
export const setTagPolicy = (account: SimAccount, document: object | string | undefined): void => {
  joinOrganization(account);
  const { policies } = account.state.organization;
  if (document === undefined) {
    policies.delete('TAG_POLICY');
    return;
  }
  const content = typeof document === 'string' ? document : JSON.stringify(document);
  policies.set('TAG_POLICY', { content, changedAt: account.clock.now() });
};

/** Writes a SecureString, over what was there. */
export const putSecret = (account: SimAccount, name: string, value: string): void =>
  void writeParameter(account, { name, type: 'SecureString', value });

/** Sets what AWS Backup says of the Region as it stands: maps without some types, or without the second map. */
export const setRegionSettings = ({ state }: SimAccount, settings: RegionSettings): void => {
  state.backup.regionSettings = settings;
};

/** Says whether AWS Backup looks after tables in the Region, and whether it has its advanced features for them. */
export const setBackupOptIn = (
  { state }: SimAccount,
  { optedIn, advanced }: { readonly optedIn: boolean; readonly advanced: boolean },
): void => {
  const { optIn, management } = state.backup.regionSettings;
  state.backup.regionSettings = {
    optIn: { ...optIn, DynamoDB: optedIn },
    management: { ...management, DynamoDB: advanced },
  };
};

/** Makes a topic whose addresses have all been confirmed, and returns its ARN. */
export const createTopic = (account: SimAccount, name: string, emails: readonly string[] = []): string => {
  const topic = addTopic(account, name, {});
  for (const email of emails) addSubscription(account, topic, 'email', email).isConfirmed = true;
  return topic.arn;
};

/** Confirms what is pending, as the person does who clicks the link in the mail: the subscriptions of that endpoint, or all. */
export const confirmSubscriptions = (account: SimAccount, endpoint?: string): void => {
  for (const topic of account.state.topics.values()) {
    for (const subscription of topic.subscriptions.values()) {
      if (endpoint === undefined || subscription.endpoint === endpoint) subscription.isConfirmed = true;
    }
  }
};

export interface ConsoleTrail extends NewTrail {
  /** It logs unless this says otherwise, as a trail does that is made in the console. */
  readonly isLogging?: boolean;
  /** All management events when neither is given. */
  readonly selectors?: readonly Partial<EventSelector>[];
  readonly advancedSelectors?: readonly AdvancedEventSelector[];
}

/** Makes a trail: one of this Region, the shadow of one of another, or the one of the organization. */
export const createTrail = (account: SimAccount, options: ConsoleTrail): Trail => {
  const { isLogging = true, selectors, advancedSelectors, ...wish } = options;
  const trail = addTrail(account, wish);
  if (isLogging) beginLogging(account, trail);
  if (selectors || advancedSelectors) {
    changeSelectors(trail, {
      ...(selectors && { EventSelectors: selectors }),
      ...(advancedSelectors && { AdvancedEventSelectors: advancedSelectors }),
    });
  }
  return trail;
};
