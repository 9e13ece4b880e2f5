import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { compose } from '../../shared/run/compose.ts';
import type { Parts } from '../../shared/run/parts.ts';
import { type RunReport, type RunRequest, reconcile } from '../../shared/run/reconcile.ts';
import { type AccountOptions, createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock, type VirtualClock } from '../../sim/clock.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { confirmSubscriptions } from '../../sim/sns/subscription-operations.ts';

/** What a deployment on the simulated account is made of. */
export interface DeploymentOptions extends Partial<Omit<AccountOptions, 'clock'>> {
  readonly startAt: string;
  /** A policy file's text. */
  readonly policies?: string;
  readonly instance?: string;
}

/** What a test may say of a run; `parts` are the deployment's unless given. */
type RunWishes = Partial<Omit<RunRequest, 'mode'>> & { readonly parts?: Parts };

type Run = (mode: Mode, wishes?: RunWishes) => Promise<RunReport>;

/** Tablekeeper in a simulated account: what happens in one is seen by the other, in virtual time. */
export interface Deployment {
  readonly account: SimAccount;
  readonly clock: VirtualClock;
  /** A second Tablekeeper in the same account and on the same state, with other policies or another clock. */
  partsWith(given: {
    readonly policies?: string;
    readonly requestHandler?: SdkRequestHandler;
    readonly parts?: Partial<Parts>;
  }): Parts;
  readonly parts: Parts;
  /** Reconciles as the function of that mode would, driving the clock; `parts` are the deployment's unless given. */
  run(
    mode: Mode,
    request?: Partial<Omit<RunRequest, 'mode'>> & { readonly parts?: Parts },
  ): Promise<RunReport>;
  /** The same without driving the clock, for two runs at once: `clock.run(Promise.all([...]))`. */
  readonly start: Run;
}

export const DAILY = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
`;

const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

const makeStateTable = (client: DynamoDBClient, name: string) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Tags: [{ Key: 'backup:policy', Value: 'none' }],
    }),
  );

const makeTopic = async (client: SNSClient, name: string): Promise<string> => {
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: name }));
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  return TopicArn;
};

/** Given a start and policies, returns a deployed Tablekeeper; the state table and the confirmed topic are there, nothing else. */
export const deploy = async (options: DeploymentOptions): Promise<Deployment> => {
  const { startAt, policies: text = DAILY, instance = 'prod', ...account } = options;
  const clock = createVirtualClock(Date.parse(startAt));
  const sim = createAccount({ ...account, clock });
  const wire = { region: sim.region, credentials, requestHandler: requestHandlerOf(sim) };
  const stateTable = `tablekeeper-${instance}-state`;
  await clock.run(makeStateTable(new DynamoDBClient(wire), stateTable));
  const topicArn = await clock.run(makeTopic(new SNSClient(wire), `tablekeeper-${instance}-alerts`));
  confirmSubscriptions(sim);
  await clock.advanceBy(MINUTE_MS);

  const composeWith = (policies: Policies, requestHandler = wire.requestHandler): Parts =>
    compose({
      ...wire,
      requestHandler,
      policies,
      instance,
      accountId: sim.accountId,
      stateTable,
      topicArn,
      clock,
      random: () => 0.5,
    });
  const parts = composeWith(loadPolicies(text, 'policies.yml'));
  let runs = 0;
  const start: Run = (mode, wishes = {}) => {
    const { parts: own = parts, ...rest } = wishes;
    runs += 1;
    return reconcile(own, { runId: `run-${runs}`, deadline: clock.now() + HOUR_MS / 4, ...rest, mode });
  };
  return {
    account: sim,
    clock,
    parts,
    partsWith: ({ policies = text, requestHandler, parts: replaced = {} }) => ({
      ...composeWith(loadPolicies(policies, 'policies.yml'), requestHandler),
      ...replaced,
    }),
    start,
    run: (mode, wishes) => clock.run(start(mode, wishes)),
  };
};
