import { readFileSync } from 'node:fs';
import { ownFile } from '../own-files.ts';

const ZONE_LINE = /^timezone: UTC$/m;

const plain = (zone: string): string => (/^[A-Za-z][\w/+-]*$/.test(zone) ? zone : JSON.stringify(zone));

/** Returns the policy file that a newcomer begins with, with comments, for schedules read in a zone. */
export const starterText = (zone: string): string =>
  readFileSync(ownFile('cli/init/starter-policies.yml'), 'utf8').replace(
    ZONE_LINE,
    () => `timezone: ${plain(zone)}`,
  );

/** Checks whether a text is the example as it comes with a clone, in which nobody wrote anything. */
export const isUntouchedExample = (text: string): boolean => text === starterText('UTC');
