import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { isoInstant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { LostCopy } from '../../model/vault-record.ts';
import { vaultOfPoint } from '../scene/copy-evidence.ts';
import { listVaultCommand, whoCalledCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { vaultPlaceText } from '../text/vault-place.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'copies-vanished': true;
  }
}

/** The lost copies of one series in one vault, oldest first; at least one. */
interface Lost {
  readonly table: string;
  readonly policy: string;
  readonly vault: string;
  readonly copies: readonly LostCopy[];
}

const leftIn = ({ policy, table, vault }: Lost, { observation }: CheckContext) =>
  observation.recoveryPoints.filter(
    (point) =>
      point.tableName === table &&
      point.origin?.policy === policy &&
      point.status === 'available' &&
      vaultOfPoint(point) === vault,
  );

/** Those that were not made again, and whose source is gone as well. A copy has the creation date of its source. */
const forGood = ({ copies }: Lost, left: readonly RecoveryPoint[], { observation }: CheckContext): number => {
  const sources = new Set(
    observation.recoveryPoints.filter(({ status }) => status === 'available').map(({ id }) => id),
  );
  const again = new Set(left.map(({ createdAt }) => createdAt));
  return copies.filter(({ createdAt, source }) => !sources.has(source) && !again.has(createdAt)).length;
};

const goneText = ({ copies }: Lost): string => {
  const [oldest = 0, newest = 0] = [copies[0]?.createdAt, copies.at(-1)?.createdAt];
  return copies.length === 1 ? `of ${utcText(oldest)}` : `of ${utcText(oldest)} to ${utcText(newest)}`;
};

const forGoodText = (count: number): string =>
  count === 0
    ? 'What they were copies of is still at home, or they were made again.'
    : `What ${count} of them ${verb(count, 'was a copy', 'were copies')} of is gone at home as well.`;

const findingOf = (lost: Lost, context: CheckContext): Finding => {
  const { copies, policy, table, vault } = lost;
  const { now, observation, openFindings } = context;
  const id = findingId('copies-vanished', table, policy, vault);
  const points = leftIn(lost, context);
  const left = points.length;
  const unmade = forGood(lost, points, context);
  const { name = vault, target = observation.target } = parseVaultArn(vault) ?? {};
  const are = verb(copies.length, 'is', 'are');
  return {
    id,
    kind: 'copies-vanished',
    severity: unmade > 0 || left === 0 ? 'critical' : 'warning',
    table,
    policy,
    fact:
      `${counted(copies.length, 'copy', 'copies')} of ${table} under ${policy} ${are} gone from ${vaultPlaceText(vault)} before AWS Backup would have deleted them, and Tablekeeper deletes none: ` +
      `${goneText(lost)}. ${forGoodText(unmade)} ${left} ${verb(left, 'is', 'are')} there now.`,
    measured: `${copies.length} gone`,
    promised: 'kept for their days',
    since: Math.min(now, ...copies.map(({ goneAt }) => goneAt)),
    ...advisedFor(table, (one) =>
      advise(
        'What is still at home is copied again; nothing else brings them back. See who deleted them, stop that, and lock the vault:',
        whoCalledCommand('DeleteRecoveryPoint', target),
        listVaultCommand(one, name, target, observation.target),
      ),
    ),
    subjects: subjectsOf(
      copies.map(({ createdAt }) => isoInstant(createdAt)),
      id,
      openFindings,
    ).subjects,
  };
};

const find: Finder['find'] = (context) =>
  [...context.lostCopies].flatMap(([table, lost]) =>
    [...Map.groupBy(lost, ({ policy, vault }) => `${policy} ${vault}`).values()].flatMap((copies) => {
      const [first] = copies;
      if (first === undefined) return [];
      return [findingOf({ table, policy: first.policy, vault: first.vault, copies }, context)];
    }),
  );

/** What is known of it wherever it is open. */
export const copiesVanished: KindTraits<'copies-vanished'> = {
  kind: 'copies-vanished',
  title: 'copies gone',
  about: 'recovery-points',
  facets: ['tags', 'vaults', 'memory'],
};

/**
 * Finds copies that somebody deleted: they had been in a vault of this account and are not listed there any more, long before their time. Critical where
 * what they were copies of is gone as well, or none is left. Resolved a week after the last of them went. A vault that could not be read proves nothing.
 */
export const copiesVanishedFinder: Finder<'copies-vanished'> = {
  kind: 'copies-vanished',
  findsFrom: ['vaults'],
  find,
};
