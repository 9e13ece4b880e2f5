import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deployTo } from '../../cli/sim-account.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { compose } from '../../shared/run/compose.ts';
import { everyFinder } from '../../shared/run/compose-finders.ts';
import { namesOf } from '../../shared/run/compose-wire.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { createRealClock } from '../../sim/real-clock.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { copyWithPolicies } from '../../tools/build-functions.ts';
import { BUILT, builtOnce } from '../support/built-once.ts';
import { typed } from './typed.ts';

// A built function acts by the policies that it carries. What it may do with them is decided before it runs.

const FILE = readFileSync('policies.yml', 'utf8');
const FEWER = FILE.replace('daily: 7', 'daily: 4');
const WITHOUT_PITR = FILE.replace(/ {4}pitr:[^\n]*\n(?: {6}[^\n]*\n)*/g, '');
const KEYS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };
const STARTS_AT = Date.UTC(2027, 4, 12, 12);

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-invoke-'));
const fresh = join(folder, 'fresh');
const stale = join(folder, 'stale');
let account: SimAccount;
let server: SimServer;

const build = async (text: string, outdir: string): Promise<void> => {
  const policiesFile = join(folder, 'built.yml');
  writeFileSync(policiesFile, text);
  await builtOnce();
  await copyWithPolicies(BUILT, { policiesFile, outdir });
};

beforeAll(async () => {
  await build(FILE, fresh);
  await build(FEWER, stale);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Orders has twelve nightly recovery points of `standard`. */
const furnish = (): void => {
  const now = account.clock.now();
  const table = { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: true };
  createTable(account, { ...table, createdAt: now - 90 * DAY_MS });
  const newest = Math.floor(now / DAY_MS) * DAY_MS + 180 * MINUTE_MS;
  for (let night = 11; night >= 0; night -= 1) {
    const slot = newest - night * DAY_MS;
    const name = recoveryPointName({ instance: 'prod', policy: 'standard', slot });
    const createdAt = slot + 2 * MINUTE_MS;
    createBackup(account, { table: 'Orders', name, createdAt, availableAt: createdAt });
  }
};

beforeEach(async () => {
  account = createAccount({ clock: createRealClock(STARTS_AT) });
  deployTo(account, 'prod', 'ops@example.com');
  furnish();
  server = await startServer(account);
  return () => server.close();
});

const asPerson = (text: string) => {
  const { accountId, region, clock } = account;
  const policies = loadPolicies(text, 'policies.yml');
  const place = { instance: 'prod', accountId, region, ...namesOf('prod', { region, accountId }) };
  return compose({
    finders: everyFinder(),
    policies,
    ...place,
    clock,
    endpoint: server.url,
    credentials: CREDENTIALS,
  });
};

/** The deployed functions ran with this file. */
const deployed = async (text: string): Promise<void> => {
  for (const name of ['audit', 'backup', 'prune']) await noteRun(asPerson(text), name, true);
};

const written = async () => {
  const { runNotes, stateStore } = asPerson(FILE);
  return {
    notes: await runNotes.read(),
    findings: await stateStore.readFindings(),
    memory: await stateStore.readMemory(),
  };
};

const invoked = (...argv: readonly string[]) =>
  typed(['invoke', ...argv, '--endpoint-url', server.url], {
    env: { ...KEYS, AWS_REGION: account.region, PATH: process.env.PATH },
    seat: { credentials: CREDENTIALS },
  });

const count = (): number => backupsOf(account, 'Orders').length;

describe('a build that is not of the policy file as it is now', { timeout: 60_000 }, () => {
  it.each(['prune', 'audit', 'backup', 'hint'])('is not run: %s', async (name) => {
    account.calls.reset();
    const { exitCode, stdout, stderr } = await invoked(name, '--build', stale);
    expect(stderr).toContain('was not built with policies.yml as it is now.');
    expect(stderr).toContain('policy standard, retention: built keeps');
    expect(stderr).toContain('npm run build');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect([...account.calls.byOperation.keys()]).toEqual(['GetCallerIdentity']);
    expect(count()).toBe(12);
  });

  it('is refused in one document with --json', async () => {
    const { stdout } = await invoked('prune', '--build', stale, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: 'stale-build' }] });
  });

  it('made by an older version has no policies beside it, and is not run', async () => {
    const old = join(folder, 'old');
    await build(FILE, old);
    rmSync(join(old, 'prune', 'policies.json'));
    const { exitCode, stderr } = await invoked('prune', '--build', old);
    expect(stderr).toContain('an older version made it');
    expect(stderr).toContain('npm run build');
    expect({ exitCode, left: count() }).toEqual({ exitCode: 2, left: 12 });
  });

  it('whose policies somebody edited is not run', async () => {
    const edited = join(folder, 'edited');
    await build(FILE, edited);
    const file = join(edited, 'prune', 'policies.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"daily":7', '"daily":1'));
    const { exitCode, stderr } = await invoked('prune', '--build', edited, '--with-these-policies');
    expect(stderr).toContain('are damaged');
    expect({ exitCode, left: count() }).toEqual({ exitCode: 2, left: 12 });
  });
});

describe('a build that is not what is deployed', { timeout: 60_000 }, () => {
  it('deletes nothing, says how it differs, and ends with 2', async () => {
    await deployed(FEWER);
    const { exitCode, stdout, stderr } = await invoked('prune', '--build', fresh);
    expect(stderr).toMatch(/^error: \S+index\.mjs is not what is deployed\.\naudit, backup, prune ran last/);
    expect(stderr).toContain('policy standard, retention: deployed keeps');
    expect(stderr).toContain('--with-these-policies');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(count()).toBe(12);
  });

  it('deletes by it when a person says that it is meant, and is not noted as deployed', async () => {
    await deployed(FILE);
    const { notes } = await written();
    const { exitCode, stderr } = await invoked('prune', '--build', stale, '--with-these-policies');
    expect(stderr).toContain('is not what is deployed.');
    expect(exitCode).toBe(0);
    expect(count()).toBeLessThan(12);
    expect((await written()).notes).toEqual(notes);
  });

  it('changes nothing in a dry run', async () => {
    await deployed(FEWER);
    const before = await written();
    const { exitCode, stdout, stderr } = await invoked('prune', '--build', fresh, '--dry-run');
    expect(stderr).toContain('is not what is deployed.');
    expect(stdout).toContain('"deferred":');
    expect(exitCode).toBe(0);
    expect(count()).toBe(12);
    expect(await written()).toEqual(before);
  });

  it.each(['audit', 'backup'])('warns, tells nobody and writes nothing down: %s', async (name) => {
    await deployed(WITHOUT_PITR);
    setPitr(account, 'Orders', { enabled: false });
    const before = await written();
    const { exitCode, stdout, stderr } = await invoked(name, '--build', fresh);
    expect(stderr).toContain('is not what is deployed.');
    expect(stderr).toContain('Nobody was alerted, nothing was written down or repaired, for this build');
    expect(stdout.trim().split('\n').at(-1)).toContain('"failures":[]');
    expect(exitCode).toBe(0);
    expect(account.inbox.messages).toEqual([]);
    expect(await written()).toEqual(before);
  });
});

describe('a build that is what is deployed', { timeout: 60_000 }, () => {
  it('acts as in Lambda, and is not noted as a run of the deployed function', async () => {
    await deployed(FILE);
    setPitr(account, 'Orders', { enabled: false });
    const { notes } = await written();
    const { stderr } = await invoked('audit', '--build', fresh);
    expect(stderr).toBe('');
    const after = await written();
    expect(after.notes).toEqual(notes);
    expect(after.findings.map(({ id }) => id)).toContain('pitr-off/Orders');
    expect(account.inbox.messages).toHaveLength(1);
  });

  it('runs drills, of which the policies ask for none, and is not noted', async () => {
    const { exitCode, stdout } = await invoked('drill', '--build', fresh);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ begun: [], failures: [] });
    expect(exitCode).toBe(0);
  });

  it('acts where no function has run yet; prune says so', async () => {
    const { exitCode, stderr } = await invoked('prune', '--build', fresh);
    expect(stderr).toContain('No function of the instance prod has run yet');
    expect(exitCode).toBe(0);
    expect(count()).toBeLessThan(12);
    expect((await written()).notes).toEqual([]);
  });
});

describe('an event that a person gives', { timeout: 60_000 }, () => {
  const given = (time: string): string => {
    const file = join(folder, 'event.json');
    const sample = JSON.parse(readFileSync('events/prune.json', 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...sample, time }));
    return file;
  };

  it.each(['2036-01-01T00:00:00Z', '2027-05-13T12:00:00Z'])(
    'keeps its own time: of %s, in the future, nothing is deleted',
    async (time) => {
      const { stdout } = await invoked('prune', '--build', fresh, '--event', given(time));
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ done: 0 });
      expect(count()).toBe(12);
    },
  );

  it('of the past is a tick', async () => {
    await invoked('prune', '--build', fresh, '--event', given('2027-05-12T03:00:00Z'));
    expect(count()).toBeLessThan(12);
  });
});

describe('what goes with invoke', () => {
  it('is no policy file', async () => {
    const { exitCode, stderr } = await typed(['invoke', 'prune', '--policies', 'policies.yml']);
    expect(stderr).toContain('--policies does not go with invoke');
    expect(exitCode).toBe(2);
  });

  it('is no dry run of drill', async () => {
    const { exitCode, stderr } = await invoked('drill', '--build', fresh, '--dry-run');
    expect(stderr).toContain('--dry-run does not go with drill');
    expect(exitCode).toBe(2);
  });

  it('is no dry run of slack', async () => {
    const { exitCode, stderr } = await typed(['invoke', 'slack', '--dry-run']);
    expect(stderr).toContain('--dry-run does not go with slack');
    expect(exitCode).toBe(2);
  });
});
