import { createDynamoDBClient } from '../../shared/adapters/aws/clients.ts';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { STATE_TABLE_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { createManifestStore } from '../../shared/adapters/state/manifests.ts';
import type { ManifestStore } from '../../shared/ports/restore.ts';
import { wireAs } from './containers.ts';
import type { Deployment } from './deployment.ts';

/** Opens the manifests of a deployment as a person with every right does. */
export const keptBy = ({ account, clock }: Deployment): ManifestStore => {
  const { accountId, region } = account;
  const limiter = createLimiter({ clock, limits: STATE_TABLE_LIMITS });
  const client = createDynamoDBClient({
    ...wireAs(account, 'person'),
    clock,
    limiter,
    recorder: createCallRecorder(),
  });
  return createManifestStore({ client, name: 'tablekeeper-prod-state' }, { accountId, region });
};
