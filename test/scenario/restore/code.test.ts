import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFullTable, restoring } from './world.ts';

const COPY = ['Orders', '--at', 'latest', '--target', 'Copy', '--yes'];

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-code-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

describe('a restored table as code', () => {
  it.each([
    {
      language: 'cloudformation',
      files: ['Copy.identifiers.json', 'Copy.import.json', 'Copy.steps.txt', 'Copy.update.json'],
      holds: '"TableName": "Copy"',
    },
    { language: 'terraform', files: ['Copy.later.tf.txt', 'Copy.steps.txt', 'Copy.tf'], holds: '"Copy"' },
  ])(
    'is written as $language once its settings are back, and is never written over',
    async ({ language, files, holds }) => {
      const world = await aFullTable();
      const out = aFolder();
      const { stdout } = await restoring(world, [...COPY, '--emit', language, '--out', out]);
      expect(stdout).toContain(`in ${out}`);
      expect(readdirSync(out).toSorted()).toEqual(files);
      const [code = ''] = files.filter((name) => name.includes('import') || name.endsWith('.tf'));
      expect(readFileSync(join(out, code), 'utf8')).toContain(holds);
      const again = await restoring(world, ['Copy', '--emit', language, '--out', out]);
      expect(again).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/exists, and is not written over/),
      });
    },
  );

  it('of one that was restored before is printed, without restoring anything', async () => {
    const world = await aFullTable();
    await restoring(world, COPY);
    const restores = world.account.calls.of('RestoreTableToPointInTime');
    const { exitCode, stdout } = await restoring(world, ['Copy', '--emit', 'terraform', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      emitted: [{ kind: 'written', language: 'terraform', table: 'Copy' }],
    });
    expect(world.account.calls.of('RestoreTableToPointInTime')).toBe(restores);
  });

  it('of a table that no restore made is refused in one sentence', async () => {
    const world = await aFullTable();
    expect(await restoring(world, ['Orders', '--emit', 'terraform'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('No restore made a table Orders.'),
    });
  });

  it('goes on without the template of a stack that cannot be read, and says so', async () => {
    const world = await aFullTable();
    const argv = [...COPY, '--emit', 'cloudformation', '--stack', 'shop'];
    const { stdout } = await restoring(world, argv);
    expect(stdout).toContain('The template of shop could not be read');
    expect(stdout).toContain('"TableName": "Copy"');
  });
});
