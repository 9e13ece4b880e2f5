import { Option } from 'commander';
import { PLAN_COMMAND } from '../../shared/core/text/commands.ts';
import { minuteText } from '../../shared/core/text/time.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Instant, isoInstant } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import type { SimServer } from '../../sim/server.ts';
import { type Answer, FINE } from '../answer.ts';
import { type CliCommand, parseInstant, parsePort } from '../command.ts';
import { regionOf } from '../region.ts';
import type { Session } from '../session.ts';
import { harmlessJson, sanitizeTerminal, textOf } from '../terminal.ts';
import { commandLines } from '../view/advice-text.ts';

interface SimOptions {
  readonly port: number;
  /** Without example tables. */
  readonly empty?: true;
  /** When its clock starts; now by default. */
  readonly at?: Instant;
}

/** Who receives the mails of the simulated account. */
const READER = 'you@example.com';
const DEFAULT_REGION = 'us-east-1';

const isNoRegion = (thrown: unknown): boolean =>
  thrown instanceof UserError && thrown.content.code === 'no-region';

const simRegion = async (session: Session): Promise<string> => {
  try {
    return await regionOf(session);
  } catch (error) {
    if (isNoRegion(error)) return DEFAULT_REGION;
    throw error;
  }
};

const start = async (session: Session, { port, empty, at }: SimOptions) => {
  const { createAccount } = await import('../../sim/account.ts');
  const { createRealClock } = await import('../../sim/real-clock.ts');
  const { startServer } = await import('../../sim/server.ts');
  const { addExampleTables, deployTo } = await import('../sim-account.ts');
  const { instance } = session.options;
  const region = await simRegion(session);
  const account = createAccount({ clock: createRealClock(at), region, opensOnRequest: true });
  deployTo(account, instance, READER);
  if (empty !== true) addExampleTables(account, instance);
  return { account, server: await startServer(account, { port }) };
};

const portMistake = (thrown: unknown, port: number): unknown => {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return thrown;
  const what = `Port ${port} of 127.0.0.1 is ${code === 'EADDRINUSE' ? 'taken' : 'not yours to take'}.`;
  const fix = 'Give another with --port, or 0 for any that is free.';
  return new UserError({ code: 'port', what, fix }, { cause: thrown });
};

const exportsOf = ({ region }: SimAccount, { url }: SimServer) => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  // The AWS CLI, version 1, reads no other variable.
  AWS_DEFAULT_REGION: region,
});

const greetingOf = (
  variables: Readonly<Record<string, string>>,
  { screen, options }: Session,
  at: Instant | undefined,
): readonly string[] => [
  `A simulated AWS account is at ${screen.paint('strong', variables.AWS_ENDPOINT_URL ?? '')}, until Ctrl-C.`,
  `The state table and the topic of the instance ${options.instance} are in ${variables.AWS_REGION ?? ''}; all other Regions are empty. Mails to ${READER} are shown here.`,
  ...(at === undefined
    ? []
    : [`Its clock began at ${minuteText(at)} and runs in real time; the commands below go by it.`]),
  '',
  'In another terminal:',
  '',
  ...Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`),
  '',
  ...commandLines([...PLAN_COMMAND, '--region', variables.AWS_REGION ?? ''], '  ', screen),
  '',
];

const startAt = async (session: Session, options: SimOptions) => {
  try {
    return await start(session, options);
  } catch (error) {
    throw portMistake(error, options.port);
  }
};

/**
 * Serves a simulated AWS account on 127.0.0.1 in real time until the person stops it, and shows the
 * mails that are sent.
 */
const sim = async (session: Session, options: SimOptions): Promise<Answer> => {
  const { account, server } = await startAt(session, options);
  const { stdout } = session.terminal;
  const variables = exportsOf(account, server);
  const document = {
    command: 'sim',
    url: server.url,
    instance: session.options.instance,
    ...(options.at !== undefined && { at: isoInstant(options.at) }),
    variables,
  };
  stdout.write(
    session.options.json === true
      ? `${harmlessJson(JSON.stringify(document, undefined, 2))}\n`
      : sanitizeTerminal(textOf(greetingOf(variables, session, options.at))),
  );
  const { showMails } = await import('../sim-account.ts');
  const stopShowing = showMails(account, session);
  await session.terminal.untilInterrupted();
  stopShowing();
  await server.close();
  return { exitCode: FINE, lines: [], notes: [] };
};

export const simCommand: CliCommand<SimOptions> = {
  name: 'sim',
  summary: 'start a simulated AWS account for the AWS CLI and for these commands, until Ctrl-C',
  options: [
    new Option('--port <port>', 'where on 127.0.0.1').argParser(parsePort).default(4567),
    new Option('--empty', 'without example tables'),
    new Option(
      '--at <instant>',
      'when its clock starts, such as 2026-11-28T12:00:00Z (default: now)',
    ).argParser(parseInstant),
  ],
  run: sim,
};
