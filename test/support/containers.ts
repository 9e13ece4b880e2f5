// An audit loads these while it runs. Virtual time would take that for standing still.
import '../../shared/adapters/restore/export-bucket.ts';
import '../../shared/adapters/restore/settings-reader.ts';
import '../../shared/adapters/restore/vault-restorer.ts';
import '../../shared/adapters/state/restore-records.ts';
import '../../shared/run/compose-capture.ts';
import '../../shared/run/compose-fact-reader.ts';
import '../../shared/run/compose-vault-engine.ts';
import { bypassSdk } from '../../prove/world/lean-client.ts';
import type { Finders } from '../../shared/core/findings/find.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import type { Policies } from '../../shared/model/policy.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { Clock } from '../../shared/ports/time.ts';
import { compose } from '../../shared/run/compose.ts';
import { composeDrill } from '../../shared/run/compose-drill.ts';
import { backupFinders, everyFinder, hintFinders, pruneFinders } from '../../shared/run/compose-finders.ts';
import { settingsKeeper } from '../../shared/run/compose-keeper.ts';
import { keyFacts } from '../../shared/run/compose-key-facts.ts';
import { vaultFacts } from '../../shared/run/compose-vault-facts.ts';
import { vaultEngine } from '../../shared/run/compose-vaults.ts';
import { type ComposeOptions, namesOf } from '../../shared/run/compose-wire.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { DrillDeps } from '../../shared/run/drill/deps.ts';
import type { SimAccount } from '../../sim/account.ts';
import { connectedCall, refuseDisabled } from '../../sim/answer.ts';
import { isServiceFailure } from '../../sim/failure.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';

/** What a test may say of a function's container. */
export interface ContainerWishes {
  /** Another policy file's text, as after a deployment of an edited one. */
  readonly policies?: string;
  /** Another wire than the account's own, such as one that breaks. */
  readonly requestHandler?: SdkRequestHandler;
  /** Another clock than the account's own, such as that of a machine that sleeps. */
  readonly clock?: Clock;
}

/** What the containers of an instance have in common. */
interface ContainerOptions {
  readonly instance: string;
  readonly policies: string;
  readonly log?: Log;
  /** Where drills export to. */
  readonly drillBucket?: string;
  /** What its jobs have that restore from vaults. */
  readonly drillVaultRoleArn?: string;
}

/** Creates a wire whose calls are signed with the key of a role. */
export const wireAs = (
  account: SimAccount,
  accessKeyId: string,
  requestHandler = requestHandlerOf(account),
) => ({
  region: account.region,
  credentials: { accessKeyId, secretAccessKey: 'simulated' },
  requestHandler,
});

/** Signatures, schemas and texts are most of what a story costs. `.ci/run` tells each of them through the whole SDK. */
export const isWholeSdk = process.env.TABLEKEEPER_TEST_SDK === 'whole';

/** Hands commands under a key to the account as they are. What comes of it is the same: test/prove/lean-client.long.test.ts. */
export const straightTo = (account: SimAccount, accessKeyId: string) => ({
  wrapClient: bypassSdk({
    accessKeyId,
    wire: {
      call: async (call, region) => {
        try {
          refuseDisabled(account, region);
          return await connectedCall(account.state.regions.get(region) ?? account, call);
        } catch (error) {
          if (isServiceFailure(error)) return error;
          throw error;
        }
      },
    },
  }),
});

const compiled = new Map<string, Policies>();

/** Compiles each text once: stories deploy the same few texts thousands of times, and compiled policies never change. */
const compiledOf = (text: string): Policies => {
  const policies = compiled.get(text) ?? loadPolicies(text, 'policies.yml');
  compiled.set(text, policies);
  return policies;
};

/** What a function under a key is composed of. */
const surroundingsOf = (
  account: SimAccount,
  { instance, policies: text, log, drillBucket, drillVaultRoleArn }: ContainerOptions,
  key: string,
  { policies = text, requestHandler, clock }: ContainerWishes,
): Omit<ComposeOptions, 'finders'> => ({
  ...wireAs(account, key, requestHandler),
  ...namesOf(instance, { region: account.region, accountId: account.accountId }),
  ...(requestHandler === undefined && !isWholeSdk && straightTo(account, key)),
  ...(log !== undefined && { log }),
  policies: compiledOf(policies),
  instance,
  ...(drillBucket !== undefined && { drillBucket }),
  ...(drillVaultRoleArn !== undefined && { drillVaultRoleArn }),
  accountId: account.accountId,
  clock: clock ?? account.clock,
  random: () => 0.5,
});

/** A function finds what it ships; a person everything. */
const findersOf = (key: string): Finders => {
  if (key.endsWith('-backup')) return backupFinders();
  if (key.endsWith('-prune')) return pruneFinders();
  return key.endsWith('-hint') ? hintFinders() : everyFinder();
};

/** Creates what runs drills of an instance under a key: a cold container each time. */
export const drillContainersIn =
  (account: SimAccount, options: ContainerOptions) =>
  (key: string, wishes: ContainerWishes = {}): DrillDeps =>
    composeDrill(surroundingsOf(account, options, key, wishes));

/**
 * Creates what runs the code of an instance's functions under a key. The same key and policies share a warm container, with its budget of calls; one
 * with a wire or a clock of its own is cold.
 */
export const containersIn = (account: SimAccount, options: ContainerOptions) => {
  const { policies: text } = options;
  const warm = new Map<string, Deps>();
  const start = (key: string, wishes: ContainerWishes): Deps =>
    compose({
      ...surroundingsOf(account, options, key, wishes),
      finders: findersOf(key),
      ...(key.endsWith('-audit') && { keeperOf: settingsKeeper }),
      ...(/(?:^person|-audit)$/.test(key) && {
        keyFactsOf: keyFacts,
        vaultFactsOf: vaultFacts,
        looksElsewhere: true,
      }),
      vaultEngineOf: vaultEngine,
    });
  return (key: string, wishes: ContainerWishes = {}): Deps => {
    const { policies = text, requestHandler, clock } = wishes;
    if (requestHandler !== undefined || clock !== undefined) return start(key, wishes);
    const container = warm.get(`${key} ${policies}`) ?? start(key, wishes);
    warm.set(`${key} ${policies}`, container);
    return container;
  };
};
