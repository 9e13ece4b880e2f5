import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownFile } from '../own-files.ts';

const ZONE_LINE = /^timezone: UTC$/m;

const SCHEMA_LINE = /^# yaml-language-server: .*\n/;

/** The schema that editors check the example by; the package has it elsewhere. */
const SCHEMA = 'policies.schema.json';

const plain = (zone: string): string => (/^[A-Za-z][\w/+-]*$/.test(zone) ? zone : JSON.stringify(zone));

/** Returns the policy file that a newcomer begins with, with comments, for schedules read in a zone. */
export const starterText = (zone: string): string =>
  readFileSync(ownFile('cli/init/starter-policies.yml'), 'utf8').replace(
    ZONE_LINE,
    () => `timezone: ${plain(zone)}`,
  );

/** Returns the same for a file at a place: it names the schema only where that lies beside it. */
export const starterTextAt = (file: string, zone: string): string => {
  const text = starterText(zone);
  return existsSync(join(dirname(file), SCHEMA)) ? text : text.replace(SCHEMA_LINE, '');
};

/** Checks whether a text is the example as it comes with a clone, in which nobody wrote anything. */
export const isUntouchedExample = (text: string): boolean => text === starterText('UTC');
