import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { createBackup } from '../../sim/console/backups.ts';
import {
  createTable,
  deleteTable,
  resizeTable,
  setPitr,
  setStatus,
  tagTable,
} from '../../sim/console/tables.ts';
import type { Deployment } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable, STANDARD } from './world.ts';

const of =
  (name: string) =>
  ({ TableName }: { readonly TableName?: unknown }): boolean =>
    TableName === name;

/** Ways in which a table can be odd; each is done to a table of that name before the audit. */
const ODDITIES: Readonly<Record<string, (it: Deployment, name: string) => unknown>> = {
  whole: (it, name) => addTable(it, name, 3),
  'off-window': (it, name) => {
    addTable(it, name, 2);
    setPitr(it.account, name, { enabled: false });
  },
  'short-window': (it, name) => {
    addTable(it, name, 2);
    setPitr(it.account, name, { enabled: true, recoveryPeriodDays: 7 });
  },
  'no-backup': (it, name) => addTable(it, name, 0),
  'late-backup': ({ account }, name) => {
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: account.clock.now() - 30 * DAY_MS });
    setStatus(account, name, 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
  },
  young: ({ account }, name) => createTable(account, { name, tags: STANDARD }),
  'young-with-window': ({ account }, name) => createTable(account, { name, tags: STANDARD, pitr: true }),
  'wrong-tag': ({ account }, name) => createTable(account, { name, tags: { 'backup:policy': 'standrad' } }),
  'empty-tag': ({ account }, name) => createTable(account, { name, tags: { 'backup:policy': '' } }),
  'opted-out': ({ account }, name) => createTable(account, { name, tags: { 'backup:policy': 'none' } }),
  untagged: ({ account }, name) => createTable(account, { name }),
  held: (it, name) => {
    addTable(it, name, 9);
    tagTable(it.account, name, { 'backup:hold': 'perhaps' });
  },
  muted: (it, name) => {
    addTable(it, name, 0);
    setPitr(it.account, name, { enabled: false });
    tagTable(it.account, name, { 'backup:mute-until': '2026-03-20' });
  },
  replaced: async (it, name) => {
    addTable(it, name, 3);
    deleteTable(it.account, name);
    await it.clock.advanceBy(MINUTE_MS);
    createTable(it.account, { name, tags: STANDARD, pitr: true });
  },
  deleted: async (it, name) => {
    addTable(it, name, 3);
    await it.run('audit');
    deleteTable(it.account, name);
    await it.clock.advanceBy(MINUTE_MS);
  },
  'lost-tag': async (it, name) => {
    addTable(it, name, 3);
    await it.run('audit');
    tagTable(it.account, name, { 'backup:policy': '' });
  },
  emptied: (it, name) => {
    addTable(it, name, 5);
    resizeTable(it.account, name, 1_000);
  },
  'of-others': (it, name) => {
    addTable(it, name, 0);
    createBackup(it.account, { table: name, name: 'by-hand' });
  },
  'not-described': (it, name) => {
    addTable(it, name, 2);
    it.account.faults.add({ operation: 'DescribeTable', kind: 'access-denied', when: of(name) });
  },
  'unread-window': (it, name) => {
    addTable(it, name, 2);
    it.account.faults.add({ operation: 'DescribeContinuousBackups', kind: 'access-denied', when: of(name) });
  },
};

interface Document {
  readonly complete: boolean;
  readonly tables: object;
  readonly verdicts: readonly {
    readonly reason: string;
    readonly seenAt?: string;
    readonly ifLost: { readonly backTo?: string; readonly asOf?: string };
  }[];
  readonly findings: readonly Readonly<Record<'kind' | 'severity' | 'table' | 'policy', string>>[];
}

/** A window that an audit saw moves on, and is shown as of then. */
const standingIn = (stdout: string) => {
  const { complete, findings, tables, verdicts } = JSON.parse(stdout) as Document;
  return {
    complete,
    tables,
    verdicts: verdicts.map(({ ifLost, reason: _reason, seenAt: _seenAt, ...one }) => {
      const { backTo, asOf: _asOf, ...lost } = ifLost;
      return {
        ...one,
        ...lost,
        hour: backTo === undefined ? undefined : Math.round(Date.parse(backTo) / HOUR_MS),
      };
    }),
    findings: findings
      .map(({ kind, severity, table, policy }) => [kind, severity, table, policy].join(' '))
      .toSorted(),
  };
};

const audited = async (names: readonly string[], before: readonly ('protect' | 'expire')[]) => {
  const deployment = await aDeployment();
  // The very first audit makes allowances for a deployment that has made no backup yet.
  await deployment.run('audit');
  for (const name of names) await ODDITIES[name]?.(deployment, name);
  for (const mode of before) await deployment.run(mode);
  await deployment.clock.advanceBy(2 * MINUTE_MS);
  await deployment.run('audit').catch(() => undefined);
  await deployment.clock.run(noteRun(deployment.asPerson, 'audit', true));
  return deployment;
};

const bothOf = async (deployment: Deployment) => {
  const stored = await typedIn(deployment, ['status', '--json']);
  const live = await typedIn(deployment, ['status', '--json', '--live']);
  return { stored, live };
};

describe('directly after an audit, what it kept says the same as a look', { timeout: 120_000 }, () => {
  it.each(Object.keys(ODDITIES))('of a table that is %s', async (name) => {
    const deployment = await audited([name], ['protect']);
    const { live, stored } = await bothOf(deployment);
    expect(standingIn(stored.stdout)).toEqual(standingIn(live.stdout));
    expect(stored.exitCode).toBe(live.exitCode);
  });

  it('of any estate of them, whatever ran before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(Object.keys(ODDITIES), { minLength: 2, maxLength: 8 }),
        fc.subarray(['protect', 'expire'] as const),
        async (names, before) => {
          const { live, stored } = await bothOf(await audited(names, before));
          expect(standingIn(stored.stdout)).toEqual(standingIn(live.stdout));
          expect(stored.exitCode).toBe(live.exitCode);
        },
      ),
      { numRuns: 30, seed: 15 },
    );
  });
});
