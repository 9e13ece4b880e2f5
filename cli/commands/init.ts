import { Option } from 'commander';
import { parseStages } from '../../shared/core/deployment/parameter-file.ts';
import { asAdvice } from '../../shared/model/advice.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { adviceLine } from '../../shared/model/shell.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { type Asking, askAll } from '../init/ask.ts';
import { copyOf, keepCopies, refuseCopies, textIn, write } from '../init/files.ts';
import { lookAtAccount } from '../init/look.ts';
import { withStage } from '../init/parameters-file.ts';
import { examplePolicies, keptPolicies, refuseOtherZone } from '../init/policy-file.ts';
import { isUntouchedExample, starterTextAt } from '../init/starter.ts';
import { instanceOf } from '../open.ts';
import { deploysFrom } from '../own-files.ts';
import { regionUntyped } from '../region.ts';
import type { Session } from '../session.ts';
import { shownCommand } from '../view/advice-text.ts';
import { type Copy, type InitView, initLines, mistaggedIn, nextCommands } from '../view/init-text.ts';

interface InitOptions extends Asking {
  readonly parameters: string;
  readonly force?: true;
  readonly forcePolicies?: true;
}

const documentOf = (view: InitView, { screen }: Session): object => {
  const { account, answers, copies, instance, isKept, parametersFile, policies, policiesFile } = view;
  const { channels, ...written } = answers;
  return {
    ...{ command: 'init', instance, ...written, policyTag: policies.tag, policiesFile, parametersFile },
    ...{ policiesKept: isKept, copies: copies.map(({ to }) => to) },
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

/** What is there before anything is asked, and what it leaves to write. */
interface Beginning {
  readonly instance: string;
  readonly parametersText: string | undefined;
  /** The key that the stage is given: typed, or in the file already. */
  readonly policyTag: string | undefined;
  /** The policies of a file that stays as it is. */
  readonly kept: Policies | undefined;
  readonly copies: readonly Copy[];
}

const UNASKED = { alertEmail: 'none', slackParameter: 'none', channels: {} };

/** The key that a stage has already; `none` and an empty one are none. */
const keyIn = (values: ReadonlyMap<string, string> | undefined): string | undefined => {
  const key = values?.get('policyTag');
  return key === '' || key === 'none' ? undefined : key;
};

const copiesOf = (files: readonly { readonly file: string; readonly isOver: boolean }[]): readonly Copy[] =>
  files.flatMap(({ file, isOver }) => (isOver ? [copyOf(file)] : []));

/** SAFETY: what somebody may have edited is written over only where that was asked for by name, and a copy stays. Throws before anything is asked. */
const begin = async (session: Session, options: InitOptions): Promise<Beginning> => {
  const { policies: file, policyTag: typedKey } = session.options;
  const { parameters, force = false, forcePolicies = false, timezone } = options;
  const instance = instanceOf(session);
  const [text, parametersText] = [await textIn(file), await textIn(parameters)];
  withStage(parametersText, instance, UNASKED, { file: parameters, force });
  const stages = parseStages(parametersText ?? '');
  const policyTag = typedKey ?? keyIn(stages.get(instance));
  examplePolicies(file, 'UTC', policyTag);
  if (text !== undefined) session.sources.set(file, text);
  const kept = forcePolicies ? undefined : keptPolicies({ file, text, policyTag, isBegun: stages.size > 0 });
  refuseOtherZone(file, kept?.policies[0]?.timezone, timezone);
  const copies = copiesOf([
    { file, isOver: kept === undefined && text !== undefined && !isUntouchedExample(text) },
    { file: parameters, isOver: stages.has(instance) },
  ]);
  await refuseCopies(copies);
  return { instance, parametersText, policyTag, kept, copies };
};

/** Writes a policy file, where there is none, and the parameters of a stage from the answers to four questions. */
const init = async (session: Session, options: InitOptions): Promise<Answer> => {
  const { policies: policiesFile } = session.options;
  const { parameters: parametersFile, force = false } = options;
  const { instance, parametersText, policyTag, kept, copies } = await begin(session, options);
  const answers = await askAll(session, options, kept?.policies[0]?.timezone);
  if (answers === undefined)
    return { exitCode: FINE, lines: ['Nothing was written.'], document: { command: 'init' }, notes: [] };
  const { region, timezone } = answers;
  const policies = kept ?? examplePolicies(policiesFile, timezone, policyTag);
  session.here.region = region;
  const account = await lookAtAccount(session, region, policies);
  await keepCopies(copies);
  if (kept === undefined) await write(policiesFile, starterTextAt(policiesFile, timezone));
  const where = { file: parametersFile, force };
  await write(parametersFile, withStage(parametersText, instance, { ...answers, policyTag }, where));
  const view = {
    ...{ answers, instance, policiesFile, parametersFile, policies, policyTag, account, copies },
    isKept: kept !== undefined,
    isClone: deploysFrom(),
    isTakenAnyway: (await regionUntyped(session)) === region,
  };
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
    new Option('--force', 'write over what the stage was given before; a copy of the file stays'),
    new Option('--force-policies', 'replace the policy file by the example; a copy of the file stays'),
  ],
  run: init,
};
