import { type Advice, advise, type Command } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Denial, Forbidder } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { DEPLOY_COMMAND, logCommand } from '../text/commands.ts';
import { DENIAL_FIX } from '../text/failure-fix.ts';
import { agoText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { deniedAction } from './reason-text.ts';

/** One action that is denied to one function, with all findings that report it. */
interface Refused {
  readonly denial: Denial;
  readonly findings: readonly OpenFinding[];
}

const SAYS: Readonly<Record<Forbidder, string>> = {
  organization: 'a policy of the organization forbids it',
  'permissions-boundary': "the role's permissions boundary does not allow it",
  'role-deny': 'a policy of the role denies it',
  'role-lacks': 'no policy of the role allows it',
  resource: 'the policy of what it is about does not allow it',
  unknown: 'nothing says whose word it is',
};

const BY_HAND =
  'A person ran this from a terminal. Allow it to them, or let the function try: its next run tells whether it may.';

const prefixOf = (instance: string): string => `tablekeeper-${instance}-`;

/** Checks whether the caller is a person with the command line: the name is not that of a function of this instance. */
const isByHand = ({ caller }: Denial, instance: string): boolean =>
  caller !== undefined && !caller.startsWith(prefixOf(instance));

/** Shortens a function's name: `tablekeeper-prod-backup` → `backup`. */
const nameOf = ({ caller = 'the functions' }: Denial, instance: string): string =>
  caller.startsWith(prefixOf(instance)) ? caller.slice(prefixOf(instance).length) : caller;

const commandsOf = ({ by, caller, role }: Denial): readonly Command[] => {
  if (by === 'role-lacks') return [DEPLOY_COMMAND];
  if (caller === undefined || role === undefined) return [];
  if (by === 'unknown') return [logCommand(caller)];
  if (by === 'permissions-boundary')
    return [['aws', 'iam', 'get-role', '--role-name', role, '--query', 'Role.PermissionsBoundary']];
  return by === 'role-deny' ? [['aws', 'iam', 'list-attached-role-policies', '--role-name', role]] : [];
};

const fixOf = (denial: Denial, instance: string): Advice =>
  isByHand(denial, instance) ? advise(BY_HAND) : advise(DENIAL_FIX[denial.by], ...commandsOf(denial));

const tablesText = (findings: readonly OpenFinding[]): string => {
  const tables = new Set(findings.flatMap(({ table }) => table ?? []));
  const [only] = tables;
  if (only === undefined) return '';
  return tables.size === 1 ? `on ${only}, ` : `on ${counted(tables.size, 'table')}, `;
};

const toDiagnosis = ({ denial, findings }: Refused, instance: string, now: Instant): Diagnosis => {
  const openedAt = Math.min(...findings.map((finding) => finding.openedAt));
  return {
    item: `${deniedAction(denial)} of ${nameOf(denial, instance)}`,
    status: 'missing',
    says: `is refused ${tablesText(findings)}first ${agoText(openedAt, now)}: ${SAYS[denial.by]}`,
    fix: fixOf(denial, instance),
  };
};

const keyOf = (denial: Denial): string => [deniedAction(denial), denial.caller ?? '', denial.by].join(' ');

const refusedIn = (findings: readonly OpenFinding[]): readonly Refused[] => {
  const all = findings.flatMap((finding) => (finding.denials ?? []).map((denial) => ({ denial, finding })));
  const groups = [...Map.groupBy(all, ({ denial }) => keyOf(denial))].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return groups.flatMap(([, [first, ...others]]) =>
    first === undefined
      ? []
      : [{ denial: first.denial, findings: [first, ...others].map(({ finding }) => finding) }],
  );
};

/**
 * Lists what the functions are denied, each action once, with who denies it and how to fix it. Resolved findings are
 * ignored; if nothing is denied, one diagnosis says so.
 */
export const refusedDiagnoses = (
  findings: readonly OpenFinding[],
  { now, instance }: { readonly now: Instant; readonly instance: string },
): readonly Diagnosis[] => {
  const refused = refusedIn(findings.filter(({ resolvedAt }) => resolvedAt === undefined));
  if (refused.length > 0) return refused.map((one) => toDiagnosis(one, instance, now));
  const says = 'nothing is refused to them, as far as open findings tell';
  return [{ item: "functions' permissions", status: 'fine', says }];
};
