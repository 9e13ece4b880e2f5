import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import { type Advice, advise, followedBy } from '../../shared/model/advice.ts';
import { isChannel } from '../../shared/model/channel.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import { type CliCommand, choiceOf, DRY_RUN } from '../command.ts';
import type { Wishes } from '../deployed.ts';
import { permitOf } from '../invoke-permit.ts';
import { contextOf, environmentOf, eventHere, eventNow, readEvent, runIn } from '../invoke-runner.ts';
import { seatOf } from '../open.ts';
import { IS_CLONE, ownFile } from '../own-files.ts';
import { withUnpacked } from '../package/unpack.ts';
import type { Session } from '../session.ts';

const FUNCTIONS = [
  'audit',
  'backup',
  'drill',
  'hint',
  'prune',
  'slack',
  'teams',
  'pagerduty',
  'webhook',
] as const;
type FunctionName = (typeof FUNCTIONS)[number];

interface InvokeOptions extends Wishes {
  readonly function: FunctionName;
  /** A file with an event; by default the function's own in `events/`. */
  readonly event?: string;
  /** The folder of the build. Unless given, that of the clone, or what the package would deploy now. */
  readonly build?: string;
}

const moduleOf = async (build: string, name: FunctionName): Promise<string> => {
  const module = join(build, name, 'index.mjs');
  try {
    await access(module);
    return module;
  } catch (error) {
    const what = 'The function is not built.';
    const fix = IS_CLONE ? 'Build it: npm run build' : 'Leave --build out to run what would be deployed now.';
    throw new UserError({ code: 'no-build', what, where: { file: module }, fix }, { cause: error });
  }
};

/** A build can only be compared with the project's own file. */
const openHere = async (session: Session) => {
  try {
    return await seatOf(session);
  } catch (error) {
    if (!(error instanceof UserError) || error.content.code !== 'no-policy-file') throw error;
    const fix = 'invoke compares the build with it: run this in the folder of the project.';
    throw new UserError({ ...error.content, fix }, { cause: error });
  }
};

/**
 * SAFETY: a build that does not carry the deployed policies alerts, saves, repairs and deletes
 * nothing. Runs a built function here, with a sample event and the credentials of the environment,
 * on whichever account these are for. It acts as it would in Lambda, but is not noted as a run of
 * the deployed function.
 */
const invokeIn = async (build: string, session: Session, options: InvokeOptions): Promise<Answer> => {
  const { function: name } = options;
  const module = await moduleOf(build, name);
  // Whatever passes alerts on is called by the same topic with the same event.
  const text = await readEvent(options.event ?? ownFile(`events/${isChannel(name) ? 'slack' : name}.json`));
  const seat = await openHere(session);
  const { composeFromTerminal } = await import('../../shared/run/compose.ts');
  const { namesOf } = await import('../../shared/run/compose-wire.ts');
  const parts = await composeFromTerminal(seat);
  const { target } = parts;
  const names = namesOf(seat.instance, target);
  const env = environmentOf(session, name, { ...target, ...names });
  const permit = await permitOf(session, parts, { name, module, wishes: options });
  if (permit.kind === 'refused') return permit.answer;
  const now = seat.clock?.now() ?? session.now();
  const context = {
    ...contextOf(env.AWS_LAMBDA_FUNCTION_NAME, target),
    tablekeeperEffects: permit.effects,
    ...(seat.clock !== undefined && { simulatedNow: now }),
  };
  const here = eventHere(text, target);
  const event = options.event === undefined ? eventNow(here, now) : here;
  const code = await runIn(session, [module, event, JSON.stringify(context)], env);
  const failed = code === 0 ? [] : [`${name} ended as an error: Lambda would deliver the event again`];
  return { exitCode: code === 0 ? FINE : FINDINGS, lines: [], notes: [...permit.notes, ...failed] };
};

/** Where `npm run build` of a clone builds to. */
const CLONE_BUILD = 'dist';

const invoke = (session: Session, options: InvokeOptions): Promise<Answer> => {
  const { build, function: name } = options;
  return build === undefined && !IS_CLONE
    ? withUnpacked(session, name, (unpacked) => invokeIn(unpacked, session, options))
    : invokeIn(build ?? CLONE_BUILD, session, options);
};

const noFile = (name: string): Advice =>
  followedBy(
    advise(
      '--policies does not go with invoke: a built function acts by the policies that it was built with. Build with that file:',
      ['npm', 'run', 'build', '--', '--policies', 'FILE', '--out', 'FOLDER'],
    ),
    advise('and run that build:', [
      ...['tablekeeper', 'invoke', name, '--build', 'FOLDER', '--with-these-policies'],
    ]),
  );

const mistakeIn: CliCommand<InvokeOptions>['mistakeIn'] = ({ function: name, dryRun, build }, given) => {
  if (given.policies !== undefined && (IS_CLONE || build !== undefined)) return noFile(name);
  if (dryRun === true && name === 'drill')
    return '--dry-run does not go with drill: it makes and deletes tables of its own, or does nothing.';
  return dryRun === true && isChannel(name)
    ? `--dry-run does not go with ${name}, which only passes on.`
    : undefined;
};

export const invokeCommand: CliCommand<InvokeOptions> = {
  name: 'invoke',
  summary: 'run a built function here, with a sample event: it acts as in Lambda',
  argument: choiceOf('<function>', FUNCTIONS.join(', '), FUNCTIONS),
  options: [
    new Option('--event <file>', 'instead of the one in events/'),
    new Option(
      '--build <folder>',
      IS_CLONE ? 'where the build lies (default: dist)' : 'a build, instead of what would be deployed now',
    ),
    DRY_RUN,
    new Option('--with-these-policies', 'act by the policies of this build though others are deployed'),
  ],
  mistakeIn,
  run: invoke,
};
