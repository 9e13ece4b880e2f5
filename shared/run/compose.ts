import { createDynamoDBClient, createOnceClient, createTaggingClient } from '../adapters/aws/clients.ts';
import { createInventory, createTableReader } from '../adapters/aws/inventory.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS, STATE_TABLE_LIMITS } from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createPitrSwitch } from '../adapters/aws/pitr.ts';
import { readCaller } from '../adapters/aws/table-arn.ts';
import { createTopicSubscriptions } from '../adapters/aws/topic-subscriptions.ts';
import { createDynamoDBEngine } from '../adapters/engines/dynamodb.ts';
import { createSnsNotifier, requireSubscribers } from '../adapters/notify/sns-notifier.ts';
import { createDrillStates } from '../adapters/state/drill-states.ts';
import { createDynamoDBStateStore } from '../adapters/state/dynamodb-state-store.ts';
import { createHintNotes } from '../adapters/state/hint-notes.ts';
import { createRunNotes } from '../adapters/state/run-notes.ts';
import { createSettingsHints } from '../adapters/state/settings-hints.ts';
import { readEnvironment } from '../adapters/system/env.ts';
import { type PowertoolsLogger, powertoolsLog, silentLog } from '../adapters/system/log.ts';
import { createCallTime, createPause, halfOf, systemClock } from '../adapters/system/time.ts';
import { HOUR_MS, SECOND_MS } from '../model/instant.ts';
import type { Policies } from '../model/policy.ts';
import { targetOf } from '../model/target.ts';
import { everyFinder } from './compose-finders.ts';
import { formerReplicas } from './compose-former-replicas.ts';
import { keyFacts } from './compose-key-facts.ts';
import { restoreReader } from './compose-restores.ts';
import { vaultFacts } from './compose-vault-facts.ts';
import { vaultEngine } from './compose-vaults.ts';
import { type ComposeOptions, namesOf, wireOf } from './compose-wire.ts';
import type { Deps } from './deps.ts';

/** Lambda retries a failed run after one minute and after two more; audits are six hours apart. */
const WITHOUT_MEMORY_PAUSE_MS = 3 * HOUR_MS;

const madeIn = ({ madeVault: made }: ComposeOptions) => (made === undefined ? {} : { made });

/** Builds the parts of a run: one budget of calls for all of AWS, one for the state table. */
export const compose = (surroundings: ComposeOptions): Deps => {
  const { policies, finders, instance, accountId, region, stateTable, topicArn, keeperOf, findingsPage } =
    surroundings;
  const { keyFactsOf, vaultEngineOf, vaultFactsOf } = surroundings;
  const { clock = systemClock, log = silentLog } = surroundings;
  const recorder = createCallRecorder();
  const callTime = createCallTime(clock);
  const wire = { ...wireOf(surroundings), clock, recorder, callTime };
  const options = { ...wire, limiter: createLimiter({ clock, limits: API_LIMITS }) };
  const stateOptions = { ...wire, limiter: createLimiter({ clock, limits: STATE_TABLE_LIMITS }) };
  const dynamodb = createDynamoDBClient(options);
  const tagging = createTaggingClient(options);
  const target = targetOf(accountId, region, topicArn);
  // A message waits for this list and matters more than what the list adds to it.
  const subscriptions = createTopicSubscriptions({ ...options, callTime: halfOf(callTime, clock) }, topicArn);
  const state = { client: createDynamoDBClient(stateOptions), name: stateTable };
  const { vaultRoleArn: jobRole = namesOf(instance, target).vaultRoleArn } = surroundings;
  return {
    target,
    instance,
    ...(findingsPage !== undefined && { findingsPage }),
    policies,
    finders,
    clock,
    log,
    inventory: createInventory({ dynamodb, tagging, region }),
    tableReader: createTableReader({ dynamodb, tagging, target, log }),
    engines: {
      dynamodb: createDynamoDBEngine({ clock, dynamodb, once: createOnceClient(options), log, target }),
      ...(vaultEngineOf !== undefined && { 'aws-backup': vaultEngineOf({ wire, target, log, jobRole }) }),
    },
    ...(vaultFactsOf !== undefined && {
      vaultFacts: vaultFactsOf({ wire, target, log, jobRole, ...madeIn(surroundings) }),
    }),
    ...(keyFactsOf !== undefined && { keyFacts: keyFactsOf({ wire, state, target }) }),
    pitrSwitch: createPitrSwitch(dynamodb),
    stateStore: createDynamoDBStateStore(state),
    hintNotes: createHintNotes(state),
    drillStates: createDrillStates(state, clock.now),
    restoreRecords: restoreReader({ state, target }),
    formerReplicas: formerReplicas({
      ...{ wire, state, target, log },
      looksElsewhere: surroundings.looksElsewhere === true,
    }),
    runNotes: createRunNotes(state),
    settingsHints: createSettingsHints(state, target),
    ...(keeperOf !== undefined && { settingsKeeper: keeperOf({ wire, state, target, policies, log }) }),
    notifier: requireSubscribers(createSnsNotifier(options, topicArn), subscriptions),
    subscriptions,
    withoutMemoryPause: createPause(WITHOUT_MEMORY_PAUSE_MS),
    callCounter: recorder,
    callTime,
  };
};

/** Builds the parts of a function from its environment and the policies it was built with. */
export const composeFromEnvironment = (
  policies: Policies,
  logger: PowertoolsLogger,
  more: Pick<
    ComposeOptions,
    'finders' | 'keeperOf' | 'keyFactsOf' | 'looksElsewhere' | 'vaultEngineOf' | 'vaultFactsOf'
  >,
): Deps => compose({ ...readEnvironment(), ...more, policies, log: powertoolsLog(logger) });

/** What a person at a terminal gives; the rest follows from the deployment's names and the person's credentials. */
export type TerminalOptions = Pick<
  ComposeOptions,
  | 'policies'
  | 'instance'
  | 'region'
  | 'clock'
  | 'credentials'
  | 'endpoint'
  | 'random'
  | 'requestHandler'
  | 'vaultRoleArn'
  | 'wrapClient'
>;

/** How long a person waits for the report that AWS cannot be reached. */
const FIRST_CALL_MS = 6 * SECOND_MS;

/**
 * Builds the parts of a run on the deployment of that instance, in the account of the person's
 * credentials. Throws a `UserError` when AWS does not answer the caller.
 */
export const composeFromTerminal = async (seat: TerminalOptions): Promise<Deps> => {
  const { clock = systemClock, region, instance } = seat;
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const callTime = createCallTime(clock, FIRST_CALL_MS);
  const recorder = createCallRecorder();
  const { accountId, arn } = await readCaller({ ...wireOf(seat), clock, limiter, recorder, callTime });
  const names = namesOf(instance, targetOf(accountId, region, arn));
  const client = createDynamoDBClient({
    ...{ ...wireOf(seat), clock, recorder: createCallRecorder(), callTime: createCallTime(clock) },
    limiter: createLimiter({ clock, limits: STATE_TABLE_LIMITS }),
  });
  const target = targetOf(accountId, region, arn);
  const reading = { keyFactsOf: keyFacts, vaultEngineOf: vaultEngine, vaultFactsOf: vaultFacts };
  return {
    ...compose({ accountId, ...names, ...seat, ...reading, finders: everyFinder(), looksElsewhere: true }),
    restoreRecords: restoreReader({ state: { client, name: names.stateTable }, target }),
  };
};
