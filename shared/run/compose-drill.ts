import { createDynamoDBClient, createTaggingClient } from '../adapters/aws/clients.ts';
import { createInventory, createTableReader } from '../adapters/aws/inventory.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS, SETTINGS_LIMITS, STATE_TABLE_LIMITS } from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createDrillSettingsReader, createDrillSettingsWriter } from '../adapters/restore/drill-settings.ts';
import { createItemReader } from '../adapters/restore/item-reader.ts';
import { createPointDescriber, createTableRemover } from '../adapters/restore/point-describer.ts';
import { createRestorer } from '../adapters/restore/restorer.ts';
import { createTableExporter } from '../adapters/restore/table-exporter.ts';
import { createDrillStates } from '../adapters/state/drill-states.ts';
import { createManifestStore } from '../adapters/state/manifests.ts';
import { createRunNotes } from '../adapters/state/run-notes.ts';
import { drawLot } from '../adapters/system/draw-lot.ts';
import { readEnvironment } from '../adapters/system/env.ts';
import { type PowertoolsLogger, powertoolsLog, silentLog } from '../adapters/system/log.ts';
import { createCallTime, systemClock } from '../adapters/system/time.ts';
import type { Policies } from '../model/policy.ts';
import { targetOf } from '../model/target.ts';
import { drillVaults } from './compose-drill-vaults.ts';
import { lazyExportBucket } from './compose-export-bucket.ts';
import { type ComposeOptions, namesOf, wireOf } from './compose-wire.ts';
import type { DrillDeps } from './drill/deps.ts';

/** Builds what drills work with. It is separate from the other compositions because nothing else restores or deletes a table. */
export const composeDrill = (surroundings: Omit<ComposeOptions, 'finders'>): DrillDeps => {
  const { policies, instance, accountId, region, stateTable, topicArn, drillBucket, drillVaultRoleArn } =
    surroundings;
  const { clock = systemClock, log = silentLog } = surroundings;
  const callTime = createCallTime(clock);
  const recorder = createCallRecorder();
  const wire = { ...wireOf(surroundings), clock, recorder, callTime };
  const options = {
    ...wire,
    limiter: createLimiter({ clock, limits: { ...API_LIMITS, ...SETTINGS_LIMITS } }),
  };
  const stateOptions = { ...wire, limiter: createLimiter({ clock, limits: STATE_TABLE_LIMITS }) };
  const target = targetOf(accountId, region, topicArn);
  const { vaultRoleArn: jobRole = namesOf(instance, target).vaultRoleArn } = surroundings;
  const dynamodb = createDynamoDBClient(options);
  const tagging = createTaggingClient(options);
  const state = { client: createDynamoDBClient(stateOptions), name: stateTable };
  return {
    ...{ target, instance, policies, clock, log, callTime, callCounter: recorder },
    inventory: createInventory({ dynamodb, tagging, region }),
    tableReader: createTableReader({ dynamodb, tagging, target, log }),
    drawLot,
    runNotes: createRunNotes(state),
    states: createDrillStates(state, clock.now),
    manifests: createManifestStore(state, target),
    restorer: createRestorer(options, target),
    remover: createTableRemover(options),
    points: createPointDescriber(options),
    settingsReader: createDrillSettingsReader(options, target),
    settingsWriter: createDrillSettingsWriter(options, target),
    items: createItemReader(options),
    exporter: createTableExporter(options),
    bucket: lazyExportBucket(options),
    ...(drillVaultRoleArn !== undefined && {
      vaults: drillVaults({ jobRole, log, target, wire }, state, drillVaultRoleArn),
    }),
    ...(drillBucket !== undefined && { bucketName: drillBucket }),
  };
};

/** Builds what the function works with from its environment and the policies it was built with. */
export const composeDrillFromEnvironment = (policies: Policies, logger: PowertoolsLogger): DrillDeps =>
  composeDrill({ ...readEnvironment(), policies, log: powertoolsLog(logger) });
