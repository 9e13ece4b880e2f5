import { readFile, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { asAdvice } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { adviceLine } from '../../shared/model/shell.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { type Asking, askAll } from '../init/ask.ts';
import { lookAtAccount } from '../init/look.ts';
import { withStage } from '../init/parameters-file.ts';
import { isUntouchedExample, starterText } from '../init/starter.ts';
import { instanceOf } from '../open.ts';
import { IS_CLONE } from '../own-files.ts';
import { regionUntyped } from '../region.ts';
import type { Session } from '../session.ts';
import { shownCommand } from '../view/advice-text.ts';
import { type InitView, initLines, mistaggedIn, nextCommands } from '../view/init-text.ts';

interface InitOptions extends Asking {
  readonly parameters: string;
  readonly force?: true;
}

const isNotThere = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';

const textIn = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
};

const existing = (file: string): UserError =>
  new UserError({
    code: 'file-exists',
    what: 'This file is there already, and nothing was written.',
    where: { file },
    fix: 'Add --force to overwrite it, or name another one with --policies FILE.',
  });

const cannotWrite = (file: string, cause: unknown): UserError =>
  new UserError(
    {
      code: 'cannot-write',
      what: `The file cannot be written (${cause instanceof Error ? cause.message : String(cause)}).`,
      where: { file },
      fix: 'Begin in a folder that you may write to.',
    },
    { cause },
  );

/** SAFETY: a file that somebody may have edited is never written over unless forced. */
const refuseExisting = async ({ options }: Session, { force }: InitOptions): Promise<void> => {
  const text = await textIn(options.policies);
  if (text !== undefined && !isUntouchedExample(text) && force !== true) throw existing(options.policies);
};

const write = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
};

const documentOf = (view: InitView, { screen }: Session): object => {
  const { account, answers, instance, parametersFile, policiesFile } = view;
  const { channels, ...written } = answers;
  return {
    ...{ command: 'init', instance, ...written, policiesFile, parametersFile },
    ...(Object.keys(channels).length > 0 && { channels }),
    ...(account.kind === 'seen'
      ? {
          accountId: account.accountId,
          tables: account.tables,
          tagged: account.tagged.map(({ name }) => name).toSorted(),
          mistagged: mistaggedIn(view),
        }
      : { unseen: adviceLine(asAdvice(account.why)) }),
    next: nextCommands(view).map((command) => shownCommand(command, screen)),
  };
};

/** Writes a policy file and the parameters of the first deployment from the answers to four questions. */
const init = async (session: Session, options: InitOptions): Promise<Answer> => {
  const { policies: policiesFile } = session.options;
  const { parameters: parametersFile, force = false } = options;
  const instance = instanceOf(session);
  await refuseExisting(session, options);
  const before = await textIn(parametersFile);
  const where = { file: parametersFile, force };
  withStage(before, instance, { alertEmail: 'none', slackParameter: 'none', channels: {} }, where);
  const answers = await askAll(session, options);
  if (answers === undefined)
    return { exitCode: FINE, lines: ['Nothing was written.'], document: { command: 'init' }, notes: [] };
  const text = starterText(answers.timezone);
  const policies = loadPolicies(text, policiesFile);
  session.here.region = answers.region;
  const account = await lookAtAccount(session, answers);
  await write(policiesFile, text);
  await write(parametersFile, withStage(before, instance, answers, where));
  const files = { policiesFile, parametersFile };
  const isTakenAnyway = (await regionUntyped(session)) === answers.region;
  const view = { answers, instance, ...files, isClone: IS_CLONE, isTakenAnyway, policies, account };
  return {
    exitCode: FINE,
    lines: initLines(view, session.screen),
    document: documentOf(view, session),
    notes: [],
  };
};

export const initCommand: CliCommand<InitOptions> = {
  name: 'init',
  summary: 'begin: ask four questions, write the policy file and the parameters of a deployment',
  options: [
    new Option('--alert-email <address>', 'who is alerted by mail, or none'),
    new Option('--slack-parameter <name>', 'SSM parameter that holds the Slack webhook, or none'),
    new Option('--teams-parameter <name>', 'SSM parameter that holds the address of a Teams workflow'),
    new Option('--pagerduty-parameter <name>', 'SSM parameter that holds an integration key of PagerDuty'),
    new Option('--webhook-parameter <name>', 'SSM parameter that holds the address and key of a webhook'),
    new Option('--timezone <zone>', 'zone in which schedules are read, such as Europe/Berlin'),
    new Option('--parameters <file>', 'where the parameters of deployments are written').default(
      'parameters.yml',
    ),
    new Option('--force', 'write over files that are there'),
  ],
  run: init,
};
