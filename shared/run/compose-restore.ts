import { IAMClient } from '@aws-sdk/client-iam';
import { readCallerIdentity } from '../adapters/aws/caller-identity.ts';
import {
  type ClientOptions,
  clientConfig,
  createDynamoDBClient,
  paceClient,
} from '../adapters/aws/clients.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import {
  API_LIMITS,
  RESTORE_JOB_LIMITS,
  SETTINGS_LIMITS,
  STATE_TABLE_LIMITS,
  VAULT_LIMITS,
} from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createStackTemplates } from '../adapters/aws/stack-template.ts';
import { createItemReader } from '../adapters/restore/item-reader.ts';
import { createPointFinder } from '../adapters/restore/point-finder.ts';
import { createRestorer } from '../adapters/restore/restorer.ts';
import { createSettingsReader } from '../adapters/restore/settings-reader.ts';
import { createSettingsWriter } from '../adapters/restore/settings-writer.ts';
import { createVaultRestorer } from '../adapters/restore/vault-restorer.ts';
import type { StateTable } from '../adapters/state/items.ts';
import { createManifestStore } from '../adapters/state/manifests.ts';
import { createRestoreRecords } from '../adapters/state/restore-records.ts';
import { createCallTime, systemClock } from '../adapters/system/time.ts';
import { createRestoreRoleReader } from '../adapters/vault-facts/seen-restore-role.ts';
import type { StackTemplate } from '../model/infrastructure-code.ts';
import { MINUTE_MS } from '../model/instant.ts';
import type { Reading } from '../ports/inventory.ts';
import type { ManifestStore, PointFinder, RestoreRecords, SettingsReader } from '../ports/restore.ts';
import { composeFromTerminal, type TerminalOptions } from './compose.ts';
import { vaultEngineOn } from './compose-vault-engine.ts';
import { namesOf, wireOf } from './compose-wire.ts';
import type { Deps } from './deps.ts';
import type { RestoreDeps } from './restore/deps.ts';

/** How long one call to a vault of wherever may take. */
const LOOK_MS = 2 * MINUTE_MS;

const LIMITS = { ...API_LIMITS, ...SETTINGS_LIMITS, ...VAULT_LIMITS, ...RESTORE_JOB_LIMITS };

/** What restores at a terminal work with. */
export interface RestoreParts {
  readonly parts: Deps;
  readonly manifests: ManifestStore;
  readonly records: RestoreRecords;
  /** Reads settings where the deployment is. */
  readonly settingsReader: SettingsReader;
  /** Finds recovery points in backup vaults of any Region. */
  readonly pointFinder: PointFinder;
  /** The role that jobs of AWS Backup are given which restore, unless a person names another one. */
  readonly restoreRoleArn: string;
  /** What other compositions build their clients from. */
  readonly wiring: { readonly options: ClientOptions; readonly state: StateTable };
  /** Reads the template of a stack, where the deployment is. */
  readTemplate(stack: string): Promise<Reading<StackTemplate>>;
  /** Builds what one restore into a Region works with. */
  restoreIn(region: string, onProgress: RestoreDeps['onProgress']): RestoreDeps;
}

/**
 * Builds what restores with a person's own credentials. It is separate from the other compositions because it loads clients that
 * nothing else needs. Throws a `UserError` when AWS does not answer the caller.
 */
export const composeRestore = async (seat: TerminalOptions): Promise<RestoreParts> => {
  const { clock = systemClock, region, instance } = seat;
  const parts = await composeFromTerminal(seat);
  const { log, target } = parts;
  const callTime = createCallTime(clock);
  const pacing = { clock, recorder: createCallRecorder(), callTime };
  const optionsIn = (there: string) => ({
    ...wireOf({ ...seat, region: there }),
    ...pacing,
    limiter: createLimiter({ clock, limits: LIMITS }),
  });
  const options = optionsIn(region);
  // A Region that does not answer keeps nobody from restoring in another one.
  const looking = { callTime: createCallTime(clock, LOOK_MS) };
  const { restoreRoleArn, stateTable: name, vaultRoleArn } = namesOf(instance, target);
  const jobRole = seat.vaultRoleArn ?? vaultRoleArn;
  const vaults = vaultEngineOn({ jobRole, log, target, wire: { ...wireOf(seat), ...pacing, ...looking } });
  const stateOptions = { ...options, limiter: createLimiter({ clock, limits: STATE_TABLE_LIMITS }) };
  const state = { client: createDynamoDBClient(stateOptions), name };
  const records = createRestoreRecords(state, target);
  return {
    parts: { ...parts, engines: { ...parts.engines, 'aws-backup': vaults } },
    records,
    wiring: { options, state },
    pointFinder: createPointFinder((there) => ({ ...optionsIn(there), ...looking })),
    restoreRoleArn,
    manifests: createManifestStore(state, target),
    settingsReader: createSettingsReader(options, target, optionsIn),
    readTemplate: (stack) => createStackTemplates(options).read(stack),
    restoreIn: (there, onProgress) => {
      const optionsThere = there === region ? options : optionsIn(there);
      const targetThere = { ...target, region: there };
      return {
        clock,
        records,
        restorer: createRestorer(optionsThere, targetThere),
        vaultRestorer: createVaultRestorer(optionsThere),
        restoreRoles: createRestoreRoleReader({
          caller: async () => (await readCallerIdentity(optionsThere)).arn,
          iam: paceClient(new IAMClient(clientConfig(optionsThere)), optionsThere),
          target: targetThere,
        }),
        settingsReader: createSettingsReader(optionsThere, targetThere, optionsIn),
        settingsWriter: createSettingsWriter(optionsThere, targetThere, optionsIn),
        items: createItemReader(optionsThere),
        sourceItems: createItemReader(options),
        onProgress,
        lookIn: (elsewhere, table) =>
          createRestorer({ ...optionsIn(elsewhere), ...looking }, { ...target, region: elsewhere }).look(
            table,
          ),
      };
    },
  };
};
