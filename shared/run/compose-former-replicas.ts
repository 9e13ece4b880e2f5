import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDBClient } from '../adapters/aws/clients.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { describeTable } from '../adapters/aws/table-details.ts';
import { messageOf } from '../model/errors.ts';
import type { FormerReplicas } from '../ports/restore.ts';
import type { KeeperGround } from './compose-wire.ts';

/** What looking for global tables is built on; `looksElsewhere`: its role may look at tables of other Regions. */
interface Ground extends Pick<KeeperGround, 'log' | 'state' | 'target' | 'wire'> {
  readonly looksElsewhere: boolean;
}

/** Looks at tables of other Regions, with one client and one budget for each Region, however many tables were lost at once. */
const lookingIn = (wire: Ground['wire']) => {
  const clients = new Map<string, DynamoDBClient>();
  return (region: string, table: string) => {
    const known = clients.get(region);
    const limiter = createLimiter({ clock: wire.clock, limits: API_LIMITS });
    const client = known ?? createDynamoDBClient({ ...wire, region, limiter });
    clients.set(region, client);
    return describeTable(client, table);
  };
};

/**
 * Builds what finds the global tables that lost tables were part of. What it needs is loaded when a table is lost. It never throws: a message without
 * what it finds is better than none.
 */
export const formerReplicas = ({ log, looksElsewhere, state, target, wire }: Ground): FormerReplicas => {
  const lookIn = lookingIn(wire);
  return {
    read: async (table, presentId) => {
      try {
        const [{ createManifestStore }, { readFormerReplica }] = await Promise.all([
          import('../adapters/state/manifests.ts'),
          import('./former-replica.ts'),
        ]);
        const manifests = createManifestStore(state, target);
        const deps = { region: target.region, manifests, ...(looksElsewhere && { lookIn }) };
        return await readFormerReplica(deps, table, presentId);
      } catch (error) {
        log.warn('the global table of a lost table could not be looked for', {
          table,
          reason: messageOf(error),
        });
        return undefined;
      }
    },
  };
};
