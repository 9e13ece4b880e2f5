import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseStages } from '../../shared/core/deployment/parameter-file.ts';
import { UserError } from '../../shared/model/errors.ts';
import { createGivenParameters } from '../../tools/given-parameters.ts';
import { checkStage, checkTyped } from '../../tools/parameter-checks.ts';
import type { Serverless } from '../../tools/serverless.ts';

// The file that `tablekeeper init` writes, as a deployment reads it.

const DEFAULTS = {
  alertEmail: '',
  slackWebhookParameter: '',
  auditRate: 'cron(50 4/6 * * ? *)',
  instance: 'prod',
};

interface Typing {
  readonly file?: string;
  readonly param?: readonly string[];
  readonly stages?: Readonly<Record<string, object>>;
  readonly stage?: string;
}

/** A service whose command is `package`: nothing was deployed before, as far as it knows. */
const aService = ({ file, param = [], stages = {} }: Typing): Serverless => {
  const serviceDir = mkdtempSync(join(tmpdir(), 'tablekeeper-parameters-'));
  onTestFinished(() => rmSync(serviceDir, { recursive: true }));
  if (file !== undefined) writeFileSync(join(serviceDir, 'parameters.yml'), file);
  const configurationInput = { params: { default: DEFAULTS, ...stages } };
  return {
    ...{ serviceDir, configurationInput },
    processedInput: { commands: ['package'], options: { param } },
  } as unknown as Serverless;
};

const given = async (name: keyof typeof DEFAULTS, typing: Typing) => {
  const { stage = 'prod', param = [], stages = {} } = typing;
  const typed = new Map(param.map((one) => one.split('=') as [string, string]));
  const resolveVariable = (variable: string): Promise<unknown> => {
    if (variable === 'sls:stage') return Promise.resolve(stage);
    const key = variable.slice('param:'.length);
    const ofStage = (stages[stage] as Record<string, unknown> | undefined)?.[key];
    return Promise.resolve(typed.get(key) ?? ofStage ?? DEFAULTS[key as keyof typeof DEFAULTS]);
  };
  return await createGivenParameters(aService(typing)).resolve({ address: name, resolveVariable });
};

const FILE =
  'prod:\n  alertEmail: ops@example.com\n  slackWebhookParameter: none\ndev: { alertEmail: dev@example.com }\n';

describe('a parameter comes', () => {
  it.each([
    { name: 'from the file', typing: { file: FILE }, value: 'ops@example.com' },
    { name: 'from the stage of the file', typing: { file: FILE, stage: 'dev' }, value: 'dev@example.com' },
    {
      name: 'from what was typed, rather',
      typing: { file: FILE, param: ['alertEmail=x@example.com'] },
      value: 'x@example.com',
    },
    {
      name: 'from serverless.yml, rather',
      typing: { file: FILE, stages: { prod: { alertEmail: 'y@example.com' } } },
      value: 'y@example.com',
    },
    { name: 'from nowhere for a stage that the file lacks', typing: { file: FILE, stage: 'qa' }, value: '' },
    { name: 'from nowhere without a file', typing: {}, value: '' },
  ])('$name', async ({ typing, value }) => {
    expect(await given('alertEmail', typing)).toBe(value);
  });

  it('and none in the file is none', async () => {
    expect(await given('slackWebhookParameter', { file: FILE })).toBe('');
  });
});

describe('a file is refused before anything is changed', () => {
  it.each([
    {
      name: 'a mistyped parameter',
      file: 'prod: { alertMail: a@example.com }',
      says: 'Did you mean --param="alertEmail',
    },
    { name: 'an instance', file: 'prod: { instance: other }', says: 'instance cannot be given here' },
    {
      name: 'parameters without a stage',
      file: 'alertEmail: a@example.com',
      says: '"alertEmail" has no parameters',
    },
    { name: 'a list', file: '- a', says: 'there is no stage in it' },
    {
      name: 'a list as a value',
      file: 'prod: { alertEmail: [a, b] }',
      says: 'alertEmail of prod is no single value',
    },
    { name: 'no YAML', file: 'prod: {', says: 'this is no list of parameters by stage' },
  ])('$name', ({ file, says }) => {
    expect(() => checkTyped(aService({ file }))).toThrow(UserError);
    expect(() => checkTyped(aService({ file }))).toThrow(says);
  });

  it.each(['', '# nothing yet\n', 'prod:\n', FILE])('but not %j', (file) => {
    expect(() => checkTyped(aService({ file }))).not.toThrow();
    expect(parseStages(file)).toBeInstanceOf(Map);
  });
});

describe('an instance that is not the stage', () => {
  it.each([
    { name: 'would be given what is of the stage', typing: { file: 'prod: { alertEmail: none }' } },
    { name: 'would not be given what is of its own', typing: { file: 'dev: { alertEmail: none }' } },
    { name: 'would be given what serverless.yml has', typing: { stages: { prod: { alertEmail: 'none' } } } },
  ])('$name, and is refused', ({ typing }) => {
    const typed = aService({ ...typing, param: ['instance=dev'] });
    expect(() => checkStage(typed, 'prod')).toThrow(UserError);
    expect(() => checkStage(typed, 'prod')).toThrow('Give --stage dev in place of --param="instance=dev"');
    expect(() => checkStage(typed, 'dev')).not.toThrow();
    expect(() => checkStage(aService(typing), 'prod')).not.toThrow();
  });

  it('is deployed where nothing is written for either', () => {
    const file = 'qa: { alertEmail: none }';
    expect(() => checkStage(aService({ file, param: ['instance=dev'] }), 'prod')).not.toThrow();
  });
});
