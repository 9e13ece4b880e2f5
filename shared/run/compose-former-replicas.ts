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

/**
 * Builds what finds the global tables that lost tables were part of. What it needs is loaded when a table is lost. It never throws: a message without
 * what it finds is better than none.
 */
export const formerReplicas = ({ log, looksElsewhere, state, target, wire }: Ground): FormerReplicas => ({
  read: async (table, presentId) => {
    try {
      const [{ createManifestStore }, { readFormerReplica }] = await Promise.all([
        import('../adapters/state/manifests.ts'),
        import('./former-replica.ts'),
      ]);
      const lookIn = (region: string, name: string) => {
        const limiter = createLimiter({ clock: wire.clock, limits: API_LIMITS });
        return describeTable(createDynamoDBClient({ ...wire, region, limiter }), name);
      };
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
});
