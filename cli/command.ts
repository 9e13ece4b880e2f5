import { Argument, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../shared/core/text/nearest.ts';
import type { Said } from '../shared/model/advice.ts';
import type { Instant } from '../shared/model/instant.ts';
import type { Answer } from './answer.ts';
import type { GlobalOptions, Session } from './session.ts';

/**
 * One command of the program. `Typed` is what is typed after its name: the options, and the
 * argument under its own name.
 */
export interface CliCommand<Typed extends object = object> {
  readonly name: string;
  readonly summary: string;
  readonly argument?: Argument;
  readonly options?: readonly Option[];
  /** Lists what completion offers in the place of the argument, where more than that may be written. */
  offers?(): readonly string[];
  /** Returns why the typed options contradict each other; undefined when they do not. Of the options of every command, `given` has those that were typed. */
  mistakeIn?(typed: Typed, given: Partial<GlobalOptions>): Said | undefined;
  run(session: Session, typed: Typed): Promise<Answer>;
}

/** What every command takes; `GlobalOptions` is their type. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  new Option('--policies <file>', 'the policy file').default('policies.yml'),
  new Option('--instance <name>', 'which deployment').default('prod'),
  new Option(
    '--policy-tag <key>',
    'the key that the deployment was given as policyTag (default: the one of the policy file)',
  ),
  new Option('--region <region>', 'AWS Region (default: AWS_REGION, or the one of the profile)'),
  new Option(
    '--endpoint-url <url>',
    'another AWS, such as `npx tablekeeper sim` (default: AWS_ENDPOINT_URL)',
  ),
  new Option('--profile <name>', 'profile of AWS credentials (default: AWS_PROFILE)'),
  new Option('--json', 'one JSON document on stdout'),
  new Option('--no-color', 'plain text'),
];

/** An option of every command that runs something. */
export const DRY_RUN = new Option('--dry-run', 'change nothing anywhere, alert nobody');

/** Reads one of a few names. Throws with the nearest one, or all. */
const oneOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): Name => {
    const name = names.find((one) => one === text);
    if (name !== undefined) return name;
    const meant = nearest(text, names);
    throw new InvalidArgumentError(
      meant === undefined ? `Write one of ${names.join(', ')}.` : `Did you mean ${meant}?`,
    );
  };

/** An argument that is one of a few names; completion offers them. */
export const choiceOf = <Name extends string>(
  usage: string,
  description: string,
  names: readonly Name[],
): Argument => {
  const argument = new Argument(usage, description).argParser(oneOf(names));
  argument.argChoices = [...names];
  return argument;
};

/** An option whose value is one of a few names; completion offers them. */
export const optionOf = <Name extends string>(
  flags: string,
  description: string,
  names: readonly Name[],
): Option => {
  const option = new Option(flags, description).argParser(oneOf(names));
  option.argChoices = [...names];
  return option;
};

/** Reads a port. Throws with the valid range. */
export const parsePort = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Write a number from 0 to 65535; 0 takes any that is free.');
};

const DAY_ALONE = /^\d{4}-\d\d-\d\d$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** JavaScript reads 30 February as 2 March. */
const isOfCalendar = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/**
 * Reads an instant: a day in UTC, or a time with its zone. Throws with the accepted forms: without
 * a zone it would depend on the machine.
 */
export const parseInstant = (text: string): Instant => {
  const isWellFormed = (DAY_ALONE.test(text) || WITH_ZONE.test(text)) && isOfCalendar(text.slice(0, 10));
  const at = isWellFormed ? Date.parse(text) : Number.NaN;
  if (at >= Date.UTC(2000) && at < Date.UTC(2200)) return at;
  throw new InvalidArgumentError(
    'Write an instant with its zone, such as 2026-11-28T12:00:00Z, from 2000 to 2199.',
  );
};

/** Reads the digest of a set of expiries. Throws with where to find it. */
export const parseDigest = (text: string): string => {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('Write the 16 digits that "plan" shows as the digest of expiries.');
};
