import { describe, expect } from 'vitest';
import type { CheckContext } from '../../shared/core/findings/context.ts';
import { findingsOfOutcomes } from '../../shared/core/findings/find.ts';
import type { DrillState } from '../../shared/model/drill.ts';
import type { Finding, FindingKind } from '../../shared/model/finding.ts';
import { DAY_MS, isoInstant } from '../../shared/model/instant.ts';
import type { AskedKey } from '../../shared/model/key-facts.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { CopyDestination } from '../../shared/model/policy.ts';
import type { TaggedTable } from '../../shared/model/table.ts';
import type { VaultFacts } from '../../shared/model/vault-facts.ts';
import { adviceText } from './advice-text.ts';
import { aContext } from './check-context.ts';
import { drillContext } from './drills.ts';
import { aCallFailure } from './failures.ts';
import { findingsOf } from './find.ts';
import { someVaultFacts } from './vault-facts.ts';
import { vaultContext } from './vaults.ts';
import { anObservation, aRecoveryPoint, aTable, NOW, somePolicies } from './world.ts';

// What the test of a kind is written with. Its example is what `npm run messages` prints, and what tests of all kinds look at.

/** What is found where a kind is, and what an audit saw there: absent where no look shows it. */
export interface Example {
  readonly findings: readonly Finding[];
  readonly context?: CheckContext;
}

/** The file that vitest runs; undefined under `npm run messages`. */
const runFile = (): string | undefined =>
  process.env.VITEST === undefined ? undefined : expect.getState().testPath;

/** Describes something where its own file is run. Where a file is only read for its example, nothing is described. */
export const describeHere = ({ filename }: ImportMeta, title: string, tests: () => void): void => {
  if (runFile() === filename) describe(title, tests);
};

const blockOf = ({ id, severity, fact, measured, promised, since, advice, ...about }: Finding): string => {
  const { kind: _, subjects: _subjects, remedy: _remedy, until: _until, ...subject } = about;
  const parts = Object.entries(subject).map(([name, value]) => ` ${name}=${value}`);
  return `${severity} ${id}${parts.join('')}
  ${fact}
  ${measured} (${promised}) since ${isoInstant(since)}
  ${adviceText(advice).replaceAll('\n', '\n  ')}`;
};

/** Writes all that a person reads of the findings of a kind, once for each; nothing where there are none. */
export const textOf = (kind: FindingKind, { findings }: Pick<Example, 'findings'>): string => {
  const blocks = findings.filter((finding) => finding.kind === kind).map(blockOf);
  return blocks.length === 0 ? '' : `\n${blocks.join('\n\n')}\n`;
};

type Given = NonNullable<Parameters<typeof aContext>[0]>;

/** What an audit finds in a context. */
export const exampleIn = (context: CheckContext): Example => ({ findings: findingsOf(context), context });

/** What an audit finds that sees this in place of a healthy account. */
export const seen = (observation: Partial<Observation>, given: Given = {}): Example =>
  exampleIn(aContext({ observation: anObservation(observation), ...given }));

/** Tables, each with what is given of it. */
export const tables = (...some: readonly Partial<TaggedTable>[]) => some.map((one) => aTable(one));

/** A recovery point of each, of the latest slot. */
export const pointsOf = (some: readonly TaggedTable[]) =>
  some.map(({ name }) => aRecoveryPoint({ tableName: name }));

/** What a run finds in what became of its actions. */
export const attempted = (...outcomes: readonly Outcome[]): Example => ({
  findings: findingsOfOutcomes({ outcomes, openFindings: [], policies: somePolicies(), now: NOW }),
});

/** What an audit finds of a policy whose recovery points are in a vault. */
export const inVaults = (...given: Parameters<typeof vaultContext>): Example =>
  exampleIn(vaultContext(...given));

/** What an audit finds that asked what a policy of a vault needs. */
export const preflighted = (changes: Partial<VaultFacts>, copyTo: readonly CopyDestination[] = []): Example =>
  inVaults(
    { facets: [...anObservation().facets, 'vaults', 'vault-settings'], vaultFacts: someVaultFacts(changes) },
    copyTo,
  );

/** What an audit finds of what drills came to. */
export const inDrills = (state: DrillState): Example => exampleIn(drillContext([state]));

const TABLE_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/orders-2025';

/** What an audit finds of recovery points of a table that changed its key after they were made. */
export const underKey = (key: AskedKey['seen']): Example => {
  const { facets, observedAt, recoveryPoints } = anObservation();
  const [point] = recoveryPoints;
  const { createdAt: until = observedAt, tableId = '', tableName: table = '' } = point ?? {};
  const spans = [
    { keyArn: TABLE_KEY, from: until - DAY_MS, until },
    { keyArn: `${TABLE_KEY}-next`, from: observedAt, until: observedAt },
  ];
  return seen({
    facets: [...facets, 'table-keys'],
    keyFacts: { tables: [{ table, tableId, spans }], keys: [{ arn: TABLE_KEY, seen: key }] },
  });
};

/** Policies that end what is left of a deleted table after so many days. */
export const withAfterDeletion = (days: number) => {
  const policies = somePolicies();
  return {
    ...policies,
    policies: policies.policies.map((policy) => ({ ...policy, afterDeletion: { keepMs: days * DAY_MS } })),
  };
};

/** What AWS says to a role that lacks a right. */
export const DENIED = aCallFailure(
  'CreateBackup',
  'AccessDeniedException',
  'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-backup/tablekeeper-prod-backup is not authorized to ' +
    'perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Orders',
);
