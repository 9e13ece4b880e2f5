import { backupsOf } from '../../sim/console/backups.ts';
import { tablesOf } from '../../sim/console/tables.ts';
import type { World } from './deployment.ts';
import type { Scene } from './record.ts';
import { vaultSceneOf } from './vault-scene.ts';

const UNTAGGED = {};

/** The account as it stands now. */
export const sceneOf = ({ account, file, files, deployedAt, forged, places, vaultLog }: World): Scene => ({
  at: account.clock.now(),
  file,
  files: [...files],
  deployedAt,
  forged,
  // The tables of drills are nobody's: prove/drills/ has what must hold of them.
  tables: tablesOf(account)
    .filter(({ name }) => !name.startsWith('tablekeeper-drill.'))
    .map(({ arn, id, name, pitr, shownStatus, createdAt, listedTags }) => ({
      id,
      name,
      tags: account.state.tagIndex.get(arn) ?? UNTAGGED,
      ownTags: listedTags,
      pitr,
      shownStatus,
      createdAt,
    })),
  backups: backupsOf(account),
  vaults: vaultSceneOf(places, vaultLog),
});
