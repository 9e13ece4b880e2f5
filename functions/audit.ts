import { everyFinder } from '../shared/run/compose-finders.ts';
import { composeGaugesFromEnvironment } from '../shared/run/compose-gauges.ts';
import { composeHeartbeatFromEnvironment } from '../shared/run/compose-heartbeat.ts';
import { settingsKeeper } from '../shared/run/compose-keeper.ts';
import { keyFacts } from '../shared/run/compose-key-facts.ts';
import { composePublisherFromEnvironment } from '../shared/run/compose-publisher.ts';
import { vaultFacts } from '../shared/run/compose-vault-facts.ts';
import { vaultEngine } from '../shared/run/compose-vaults.ts';
import { sendDigest } from '../shared/run/digest.ts';
import { dashboardMetrics } from './metrics.ts';
import { onTick } from './middleware.ts';

/** Checks every promise, reports what is broken, sends the digest, writes the page, and keeps the settings of tables. Its role writes nothing except the repair of point-in-time recovery and the page. */
export const handler = onTick('audit', {
  finders: everyFinder(),
  watchOf: composeHeartbeatFromEnvironment,
  keeperOf: settingsKeeper,
  keyFactsOf: keyFacts,
  looksElsewhere: true,
  publisherOf: composePublisherFromEnvironment,
  gaugesOf: composeGaugesFromEnvironment,
  metricOf: dashboardMetrics,
  sendDigest,
  vaultEngineOf: vaultEngine,
  vaultFactsOf: vaultFacts,
});
