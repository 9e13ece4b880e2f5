import { type Advice, advise } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { TaggedTable } from '../../model/table.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { listed } from '../text/words.ts';

const STATE_TABLE = /^tablekeeper-(.+)-state$/;

/**
 * Returns the other instances whose state table opts out by this tag, sorted: they act by the same tag, unless they were removed. Every deployment
 * tags its state table so.
 */
export const neighboursIn = (
  tables: readonly Pick<TaggedTable, 'name' | 'tags'>[],
  tag: string,
  instance: string,
): readonly string[] =>
  tables
    .filter(({ tags }) => tags[tag]?.trim().toLowerCase() === OPT_OUT)
    .flatMap(({ name }) => STATE_TABLE.exec(name)?.[1] ?? [])
    .filter((other) => other !== instance)
    .toSorted();

/** Says that other deployments act by the same tag, and what comes of it. */
export const neighboursText = (others: readonly string[], tag: string): string =>
  others.length === 1
    ? `the instance ${listed(others)} acts by the tag ${tag} as well, so every table that has it is backed up, and paid for, twice`
    : `the instances ${listed(others)} act by the tag ${tag} as well, so every table that has it is backed up, and paid for, ${others.length + 1} times`;

const FIX: Advice = advise(
  'Unless that is meant, give this instance a key of its own, then tag its tables with that:',
  ['npm', 'run', 'deploy', '--', '--param', 'policyTag=KEY'],
);

/** Reports the other deployments in this account and Region that act by the same tag; nothing where there is none. */
export const neighboursDiagnoses = (others: readonly string[], tag: string): readonly Diagnosis[] =>
  others.length === 0
    ? []
    : [{ item: 'policy tag', status: 'advised', says: neighboursText(others, tag), fix: FIX }];
