import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Life } from '../invariants/life.ts';
import { routesIn } from '../truth/copies.ts';
import { DECIDED, muteStands, nothingEver, OVER, possibleRestarts, trueFindings } from '../truth/findings.ts';
import { POLICY_TAG } from '../world/happen.ts';
import type { Scene } from '../world/record.ts';

/** Nobody looks at what is open of a table that lost its policy, nor at a table that is another one now and has no tag. */
const isNotLookedAt = (
  open: readonly OpenFinding[],
  { tables }: Scene,
): ((finding: OpenFinding) => boolean) => {
  const lost = new Set(open.filter(({ kind }) => kind === 'no-longer-protected').map(({ table }) => table));
  const untagged = new Set(tables.filter(({ tags }) => !(POLICY_TAG in tags)).map(({ name }) => name));
  return ({ kind, table }) =>
    table !== undefined &&
    (lost.has(table) || (kind === 'recovery-points-of-lost-table' && untagged.has(table)));
};

/**
 * While the tag is gone from most tables at once, findings about those are not resolved. And it is not known whether backups of an inaccessible table
 * work again: they are not tried.
 */
const isUndecided = (
  open: readonly OpenFinding[],
  { tables }: Scene,
): ((finding: OpenFinding) => boolean) => {
  const tagged = new Set(tables.filter(({ tags }) => POLICY_TAG in tags).map(({ name }) => name));
  const hasDropped = open.some(({ kind }) => kind === 'coverage-dropped');
  const lockedOut = new Set(tables.filter(({ shownStatus }) => shownStatus).map(({ name }) => name));
  return ({ kind, table }) =>
    table !== undefined &&
    ((hasDropped && !tagged.has(table)) || (kind === 'backups-failing' && lockedOut.has(table)));
};

/** A vault stays behind where nothing at home can be copied: what was made while the advanced features were off, and what is cold. */
const isUncopyable = (scene: Scene): ((finding: OpenFinding) => boolean) => {
  const copyable = new Set(
    routesIn(scene)
      .filter(({ sources }) => sources.length > 0)
      .map(({ series, vaultArn }) => `copy-overdue/${series.table.name}/${series.policy.name}/${vaultArn}`),
  );
  return ({ id, kind }) => kind === 'copy-overdue' && !copyable.has(id);
};

/** Names what is true of the former tables of those that opted out: nobody asks which table that is, unless it was reported before. */
const unaskedIn = ({ tables }: Scene): ReadonlySet<string> =>
  new Set(
    tables
      .filter(({ tags }) => tags[POLICY_TAG]?.trim() === 'none')
      .map(({ name }) => `recovery-points-of-lost-table/${name}`),
  );

/** No finding is open that is not true, and none that is true is missing. */
export const findingsTrue = (
  open: readonly OpenFinding[],
  scene: Scene,
  { mutes }: Pick<Life, 'mutes'>,
): readonly string[] => {
  const wanted = new Set(trueFindings(scene, mutes));
  const undecided = new Set(
    scene.tables.filter((table) => muteStands(table, scene, mutes) === 'undecided').map(({ name }) => name),
  );
  const isMuteUndecided = ({ kind, table = '' }: OpenFinding): boolean =>
    (kind === 'muted' || kind === 'mute-refused') && undecided.has(table);
  const isUnclear = isUndecided(open, scene);
  const isUnseen = isNotLookedAt(open, scene);
  const isBehind = isUncopyable(scene);
  const isExempt = (finding: OpenFinding): boolean =>
    isBehind(finding) || isUnclear(finding) || isUnseen(finding) || isMuteUndecided(finding);
  const decided = open.filter((finding) => DECIDED.includes(finding.kind) && !isExempt(finding));
  const ids = new Set(open.map(({ id }) => id));
  const unasked = unaskedIn(scene);
  const restarts = possibleRestarts(scene);
  const saysNothingIsTagged = open.some(
    ({ kind }) => kind === 'coverage-dropped' || kind === 'waiting-for-first-table',
  );
  return [
    ...(nothingEver(scene) && !saysNothingIsTagged ? ['nothing is tagged, and no finding says so'] : []),
    ...open
      .filter(
        (finding) =>
          finding.kind === 'pitr-window-restarted' && !restarts.has(finding.id) && !isExempt(finding),
      )
      .map(({ id }) => `${id} is open and cannot be true`),
    ...decided.filter(({ id }) => !wanted.has(id)).map(({ id }) => `${id} is open and not true`),
    ...[...wanted].filter((id) => !ids.has(id) && !unasked.has(id)).map((id) => `${id} is true and not open`),
    ...open
      .filter((finding) => OVER.includes(finding.kind) && !isExempt(finding))
      .map(({ id }) => `${id} is open, and nothing fails any more`),
  ];
};
