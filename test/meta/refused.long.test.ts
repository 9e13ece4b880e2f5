import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import { packageTemplate } from '../support/template.ts';

/** All that Serverless prints of a packaging that stops. */
const saidBy = (...args: readonly string[]): string => {
  try {
    packageTemplate(...args);
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer };
    return `${stdout}${stderr}`;
  }
  throw new Error('it was packaged');
};

// One of each way in which packaging is refused; all others are asked in process: parameters, command-line and limits beside this file.
describe('packaging through all of Serverless stops, in words, where', { timeout: 60_000 }, () => {
  it.each([
    { name: 'a name was mistyped', args: ['--param=alertMail=ops@example.com'] },
    { name: 'a word belongs to no option', args: ['--stage', 'prod', 'alertEmail=ops@example.com'] },
    { name: 'a parameter lost its value to the words', args: ['--param', 'alertEmail', 'ops@example.com'] },
    { name: 'a parameter was given as an option', args: ['--alertEmail=ops@example.com'] },
    { name: 'a rate is refused where the template needs it', args: ['--param=auditRate=rate(2 days)'] },
    { name: 'a tag of the stack is', args: ['--param=stackTags=team'] },
    { name: 'the stack would refuse a value', args: ['--param=topicKmsKeyArn=alias/aws/sns'] },
    { name: 'the instance is too long', args: [`--stage=${'a'.repeat(45)}`] },
  ])('$name', async ({ args }) => {
    const said = saidBy(...args);
    const lines = (await refusalOf(...args))?.split('\n') ?? [];
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !said.includes(line))).toEqual([]);
    expect(said).not.toMatch(/\n\s+at /);
  });
});
