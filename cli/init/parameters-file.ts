import { isMap, parseDocument } from 'yaml';
import { CHANNELS, type ChannelName } from '../../shared/model/channel.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { Answers } from './questions.ts';

/** What is written of a stage. */
export interface StageAnswers extends Pick<Answers, 'alertEmail' | 'channels' | 'slackParameter'> {
  /** The key that tables opt in by in place of the one in the policy file. */
  readonly policyTag?: string | undefined;
}

const HEADING = `# What \`npm run deploy\` and \`npx tablekeeper package\` are given, by stage. A value typed with --param, or written into serverless.yml of a clone, takes
# precedence over it; what an earlier deployment was given yields to it. docs/deploy.md says what each parameter is for.
`;

const broken = (file: string, why: string): UserError =>
  new UserError({
    code: 'parameters-file',
    what: `${why} in it, and nothing was written.`,
    where: { file },
    fix: 'Repair it, or name another one with --parameters FILE.',
  });

const existing = (file: string): UserError =>
  new UserError({
    code: 'file-exists',
    what: 'This stage is in it already, and nothing was written.',
    where: { file },
    fix: 'Add --force to overwrite what is asked for in it, or begin another one with --instance NAME.',
  });

/**
 * Adds the parameters of a stage to the text of a file, undefined where there is none yet. Comments, other stages and other parameters of the
 * stage stay. Throws a
 * `UserError` for a file that is no list of stages, and for a stage that is there, unless forced.
 */
export const withStage = (
  text: string | undefined,
  stage: string,
  { alertEmail, slackParameter, channels, policyTag }: StageAnswers,
  { file, force }: { readonly file: string; readonly force: boolean },
): string => {
  const document = parseDocument(text === undefined || text.trim() === '' ? `${HEADING}{}\n` : text);
  if (document.errors.length > 0) throw broken(file, 'There is a mistake of YAML');
  if (document.contents !== null && !isMap(document.contents)) throw broken(file, 'There are no stages');
  if (document.has(stage) && !force) throw existing(file);
  const given: Partial<Record<ChannelName, string>> = { slack: slackParameter, ...channels };
  const parameters = CHANNELS.flatMap(({ name, parameter }) =>
    given[name] === undefined ? [] : [[parameter, given[name]]],
  );
  const values = {
    alertEmail,
    ...Object.fromEntries(parameters),
    ...(policyTag !== undefined && { policyTag }),
  };
  if (isMap(document.get(stage)))
    for (const [name, value] of Object.entries(values)) document.setIn([stage, name], value);
  else document.set(stage, document.createNode(values));
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString({ lineWidth: 0 });
};
