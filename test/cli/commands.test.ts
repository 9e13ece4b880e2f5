import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CliCommand } from '../../cli/command.ts';
import { createProgram } from '../../cli/program.ts';

const FOLDER = join(import.meta.dirname, '../../cli/commands');
const FILES = readdirSync(FOLDER).map((file) => basename(file, '.ts'));

const program = createProgram(async () => undefined, { out: () => undefined, error: () => undefined });

const registered = (name: string) => {
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) throw new Error(`${name} is not registered`);
  return command;
};

/** One that needs to know the others is made from them. */
const commandOf = (
  exported: CliCommand | ((others: readonly CliCommand[]) => CliCommand) | undefined,
): CliCommand => {
  if (exported === undefined) throw new Error('nothing is exported');
  return typeof exported === 'function' ? exported([]) : exported;
};

describe('every command is a file that exports nothing but its registration', () => {
  it('registers each file under its own name, and no other command', () => {
    expect(program.commands.map((command) => command.name()).toSorted()).toEqual(FILES.toSorted());
  });

  it.each(FILES)('%s', async (file) => {
    const exported = (await import(join(FOLDER, `${file}.ts`))) as Readonly<
      Record<string, CliCommand | ((others: readonly CliCommand[]) => CliCommand)>
    >;
    expect(Object.keys(exported)).toEqual([`${file}Command`]);
    const { name, summary, argument, options = [] } = commandOf(exported[`${file}Command`]);
    const command = registered(file);
    expect(name).toBe(file);
    expect(command.description()).toBe(summary);
    expect(command.options).toEqual(options);
    expect(command.registeredArguments).toEqual(argument === undefined ? [] : [argument]);
  });
});
