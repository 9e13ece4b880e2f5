import { packagedCommand } from '../shared/core/text/whole-command.ts';
import type { Command } from '../shared/model/advice.ts';
import type { Instant } from '../shared/model/instant.ts';
import { commandHere, type Here } from './here.ts';
import { deploysFrom } from './own-files.ts';
import { colours, type Terminal } from './terminal.ts';
import { plainPaint, type Screen } from './view/colour.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly policies: string;
  readonly instance: string;
  /** In place of the one in the policy file. */
  readonly policyTag?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly json?: true;
  /** False with `--no-color`. */
  readonly color: boolean;
}

/** One command that is running. */
export interface Session {
  readonly options: GlobalOptions;
  readonly terminal: Terminal;
  /** What stdout shows. */
  readonly screen: Screen;
  /**
   * The texts of the files that were read, by the names given, so that a mistake can be shown in
   * its place.
   */
  readonly sources: Map<string, string>;
  /** What commands that are shown name as their Region. */
  readonly here: Here;
  now(): Instant;
}

/** @see https://no-color.org (checked 2026-11-22): any value but the empty one */
const wantsColour = ({ color }: GlobalOptions, { env, stdout }: Terminal): boolean =>
  color && stdout.isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';

/** Names what runs here: outside a clone there is no `npm run deploy`. */
const runnable = (command: Command): Command => (deploysFrom() ? command : packagedCommand(command));

/** Returns what stdout can show. A pipe gets plain text and unwrapped lines. */
const screenOf = (options: GlobalOptions, terminal: Terminal, here: Here): Screen => {
  const { columns } = terminal.stdout;
  return {
    paint: wantsColour(options, terminal) ? colours : plainPaint,
    complete: (command) => commandHere(runnable(command), options, here),
    ...(columns !== undefined && { width: columns }),
  };
};

/** Starts the session of a command. */
export const beginSession = (options: GlobalOptions, terminal: Terminal): Session => {
  const region = options.region?.trim();
  const here: Here = region === undefined || region === '' ? {} : { region };
  return {
    options,
    terminal,
    screen: screenOf(options, terminal, here),
    sources: new Map(),
    here,
    now: () => terminal.seat.clock?.now() ?? Date.now(),
  };
};
