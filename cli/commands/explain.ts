import { Argument } from 'commander';
import { type Explanation, explanationOf } from '../../shared/core/explain/explanation.ts';
import { deployedAs } from '../../shared/model/policy.ts';
import { type Answer, BLIND, type ExitCode, FINDINGS, findingsCode, USAGE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { deployedBlock, readDeployed } from '../deployed.ts';
import { deployedFields } from '../documents/deployed-document.ts';
import { explainDocument } from '../documents/explain-document.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { checkAccount, inRegionOf, namedTable } from '../table-argument.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { explainLines } from '../view/explain-text.ts';

/** A table may lack protection before that is a finding: the first look at it reports nothing. */
const isWithout = ({ verdict }: Explanation): boolean =>
  verdict?.status === 'unprotected' || verdict?.status === 'at-risk';

/** Where the table itself could not be seen, nothing is said of its protection. A name that no table has is a typing mistake, unless anything is known of such a table, or anybody's backups of it remain. */
const codeOf = (explanation: Explanation): ExitCode => {
  const { presence, recoveryPoints, othersCount, findings, earlierFindings } = explanation;
  if (presence === 'missing' && recoveryPoints.length + othersCount + findings.length === 0) return USAGE;
  if (explanation.verdict?.status === 'unknown') return BLIND;
  return isWithout(explanation) ? FINDINGS : findingsCode([...findings, ...earlierFindings]);
};

/**
 * Shows everything known of one table: its status, what governs it, every recovery point, kept or
 * expiring. Reads only.
 */
const explain = async (given: Session, text: string): Promise<Answer> => {
  const named = namedTable(text);
  const { table } = named;
  const session = inRegionOf(given, named);
  const parts = await openParts(session);
  checkAccount(named, parts.target);
  const { askingTable } = await import('../../shared/run/ask-table.ts');
  const { lookAtAll } = await import('../../shared/run/look.ts');
  const [deployed, seen] = await Promise.all([readDeployed(parts), lookAtAll(askingTable(parts, table))]);
  const { policies, instance, target } = parts;
  const explanation = explanationOf({ ...seen, policies }, table);
  const view = {
    explanation,
    instance,
    target,
    now: seen.plan.plannedAt,
    tag: policies.tag,
    ownTag: deployedAs(policies),
  };
  const unreadableLists = blindnessOf(seen.observation.gaps, seen.plan, session);
  return {
    exitCode: unreadableLists === undefined ? codeOf(explanation) : BLIND,
    lines:
      unreadableLists?.isTotal === true
        ? []
        : [...deployedBlock(session, deployed), ...explainLines(view, session.screen)],
    document: { ...explainDocument(view), deployedPolicies: deployedFields(deployed) },
    notes: unreadableLists?.notes ?? [],
  };
};

export const explainCommand: CliCommand<{ readonly table: string }> = {
  name: 'explain',
  summary: 'show all that is known of one table; reads only',
  argument: new Argument('<table>', 'its name, or its ARN'),
  run: (session, { table }) => explain(session, table),
};
