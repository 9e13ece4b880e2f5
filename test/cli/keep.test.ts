import { describe, expect, it } from 'vitest';
import { deleteTable } from '../../sim/console/tables.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

const aReview = async () => {
  const deployment = await aDeployment();
  addTable(deployment, 'review-17', 3);
  deleteTable(deployment.account, 'review-17');
  await deployment.clock.advanceBy(60_000);
  return deployment;
};

const keptIn = ({ asPerson, clock }: Awaited<ReturnType<typeof aDeployment>>) =>
  clock.run(asPerson.stateStore.readKept());

describe('tablekeeper keep', () => {
  it('keeps what is left of a deleted table, and says how to take that back', async () => {
    const deployment = await aReview();
    const { exitCode, stdout } = await typedIn(deployment, ['keep', 'review-17']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('What is left of review-17 stays, whatever its policy says.');
    expect(stdout).toContain('npx tablekeeper keep --release review-17 --region us-east-1');
    expect(await keptIn(deployment)).toMatchObject([{ keptTable: 'review-17' }]);
  });

  it('takes it back', async () => {
    const deployment = await aReview();
    await typedIn(deployment, ['keep', 'review-17']);
    const { exitCode, stdout } = await typedIn(deployment, ['keep', '--release', 'review-17', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'keep',
      table: 'review-17',
      kept: false,
      endedBy: [],
    });
    expect(await keptIn(deployment)).toEqual([]);
  });

  it('refuses a name of which nothing is known: it would keep nothing', async () => {
    const deployment = await aReview();
    const { exitCode, stderr } = await typedIn(deployment, ['keep', 'reveiw-17']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Nothing is known of a table reveiw-17');
    expect(await keptIn(deployment)).toEqual([]);
  });
});
