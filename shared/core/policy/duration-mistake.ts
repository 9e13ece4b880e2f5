import { parseDuration } from '../../model/duration.ts';
import { DAY_MS } from '../../model/instant.ts';
import { type Advice, shown } from './mistake.ts';
import { mostMsOf } from './schedule-mistake.ts';

/** Longer than anybody keeps a backup, or waits for one. */
const MOST_YEARS = 100;
const MOST_MS = MOST_YEARS * 366 * DAY_MS;

const ORDER = 'Write years, months, weeks, days and hours in this order, such as 48h, 7d, 2w or 1y6m.';

const LONE_M = /^(\d+)m$/;
const M_AFTER_DAYS = /^((?:\d+[ymwdh])+\d+)m$/;
const IN_WORDS = /^\s*(\d+)\s*(?:m|mins?|minutes?)\s*$/i;
const ANY_LENGTH = /^(?=\d)(?:\d+y)?(?:\d+mo?)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+min)?$/;

/** For restic `90m` is ninety months, and for whoever wrote it most likely ninety minutes. */
const loneAdvice = (text: string): Advice | undefined => {
  const [, amount] = LONE_M.exec(text) ?? [];
  if (amount === undefined) return undefined;
  return {
    what: `${shown(text)} may mean ${amount} minutes or ${amount} months.`,
    fix: `Write ${amount}min for minutes, or ${amount}mo for months.`,
  };
};

const minutesFix = (text: string): string => {
  const [, before] = M_AFTER_DAYS.exec(text) ?? [];
  if (before !== undefined) return `Write ${before}min if minutes are meant; months stand behind years.`;
  const [, amount] = IN_WORDS.exec(text) ?? [];
  return amount === undefined ? ORDER : `Write ${amount}min for minutes, or ${amount}mo for months.`;
};

const TOO_LONG = 'is longer than a hundred years.';

/** Returns what is wrong with a text as a duration; undefined when nothing is. */
export const durationAdvice = (text: string): Advice | undefined => {
  const lone = loneAdvice(text);
  if (lone !== undefined) return lone;
  const duration = parseDuration(text);
  if (duration !== undefined && mostMsOf(duration) <= MOST_MS) return undefined;
  const isTooLong = duration !== undefined || (ANY_LENGTH.test(text) && /[1-9]/.test(text));
  return isTooLong
    ? { what: `${shown(text)} ${TOO_LONG}`, fix: `Write ${MOST_YEARS}y or less.` }
    : { what: `${shown(text)} is no duration.`, fix: minutesFix(text) };
};
