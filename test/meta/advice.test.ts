import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../shared/model/advice.ts';
import { exampleOf } from '../messages/examples.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';

// Advice is data. Nobody decides anything by its words, and nobody finds a command in them.

const METHODS =
  'split|match|matchAll|includes|startsWith|endsWith|indexOf|lastIndexOf|search|slice|substring|replace|replaceAll';
const READ_BACK = [
  new RegExp(String.raw`\b(say|advice|until)\??\.(${METHODS})\(`),
  /\.(test|exec)\((\w+\.)*(say|advice)\b/,
  /startsWith\((['"`])\s+\1\)/,
];

describe('advice', () => {
  it('is read back from its words by nobody', async () => {
    const read: string[] = [];
    for await (const file of glob('{shared/{core,run,adapters},functions,cli}/**/*.ts')) {
      const text = readFileSync(file, 'utf8');
      if (READ_BACK.some((pattern) => pattern.test(text))) read.push(file);
    }
    expect(read).toEqual([]);
  });

  it('would be found read back', () => {
    const was = [
      "advice.split('\\n')",
      "finding?.advice.split('. ')",
      "line.startsWith('  ')",
      '/^x/.exec(one.say)',
    ];
    for (const text of was) expect(READ_BACK.some((pattern) => pattern.test(text))).toBe(true);
  });

  it.each(FINDING_KINDS)('of %s holds no command in its words, and no command is a program alone', (kind) => {
    for (const { say, commands } of stepsOf(exampleOf(kind).advice)) {
      expect(say).not.toMatch(/\n|(^|: )(aws|npm|tablekeeper) /);
      expect(say).not.toBe('');
      for (const command of commands) expect(command.length).toBeGreaterThan(1);
    }
  });
});
