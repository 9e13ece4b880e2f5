import { describe, expect, it } from 'vitest';
import { noteRun } from '../../shared/run/run-notes.ts';
import { DAILY } from '../support/deployment.ts';
import { aFile, typedIn } from './typed.ts';
import { aDeployment } from './world.ts';

// On the worst night the state table is gone: what AWS still says of tables is shown, whatever the policies ask for beside it.

const DRILLED = DAILY.replace(/^( +)(retention:.*)$/m, '$1$2\n$1drill: { every: 7d, level: restored }');

describe.each([
  { name: 'without drills', policies: DAILY },
  { name: 'with drills', policies: DRILLED },
])('without the state table, $name', { timeout: 60_000 }, ({ policies }) => {
  it.each([
    { argv: ['plan'], shows: 'orders' },
    { argv: ['status', '--live'], shows: 'orders' },
    { argv: ['explain', 'orders'], shows: 'orders' },
    { argv: ['cost'], shows: 'orders' },
  ])('$argv shows what AWS says, and that it is not all', async ({ argv, shows }) => {
    const deployment = await aDeployment({ policies });
    const { exitCode, stdout, stderr } = await typedIn(deployment, [...argv, '--instance', 'other'], {
      policies,
    });
    expect(stdout).toContain(shows);
    expect(stderr).toContain('could not look: ');
    expect(exitCode).toBe(3);
  });

  it('the page is written, and the exit code says that it is not all', async () => {
    const deployment = await aDeployment({ policies });
    const out = aFile('', 'page.html');
    const { exitCode, stdout } = await typedIn(deployment, ['report', '--out', out, '--instance', 'other'], {
      policies,
    });
    expect(stdout).toContain(out);
    expect(exitCode).toBe(3);
  });
});

describe('status by what the last audit kept', () => {
  it('says that findings are not known where the state table cannot be read, not that there are none', async () => {
    const deployment = await aDeployment();
    await deployment.clock.run(noteRun(deployment.asPerson, 'audit', true));
    const { exitCode, stdout } = await typedIn(deployment, ['status', '--instance', 'other']);
    expect(stdout).not.toContain('No findings');
    expect(stdout).toContain('could not be read');
    expect(exitCode).toBe(3);
  });
});
