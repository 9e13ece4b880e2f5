import { parseDuration } from '../../model/duration.ts';
import { DAY_MS } from '../../model/instant.ts';
import { NAME_PATTERN } from '../../model/recovery-point-name.ts';
import { HOLD_TAG, MUTE_TAG, SMALLER_TAG } from '../../model/table.ts';
import { isZoneName, zoneNames } from '../calendar/zone.ts';
import { nearest } from '../text/nearest.ts';
import { OPT_OUT } from './govern.ts';
import { type Advice, shown } from './mistake.ts';
import { fixForZone } from './other-zones.ts';
import { mostMsOf } from './schedule-mistake.ts';
import { looksLike, plainKey } from './tag-key.ts';

/** Longer than anyone keeps a backup, or waits for one. */
const MOST_YEARS = 100;
const MOST_MS = MOST_YEARS * 366 * DAY_MS;

const ORDER =
  'Write years, months, weeks, days, hours and minutes in this order, such as 90min, 48h, 7d, 2w or 1y6m.';

const LONE_M = /^(\d+)m$/;
const M_AFTER_DAYS = /^((?:\d+[ymwdh])+\d+)m$/;
const IN_WORDS = /^\s*(\d+)\s*(?:m|mins?|minutes?)\s*$/i;
const ANY_LENGTH = /^(?=\d)(?:\d+y)?(?:\d+mo?)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+min)?$/;

/** In restic `90m` is ninety months; its author most likely meant ninety minutes. */
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

/** Describes what is wrong with a text as a duration; undefined when nothing is. */
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

/** Describes what is wrong with text as a time zone; undefined when nothing is. */
export const zoneAdvice = (text: string): Advice | undefined => {
  if (isZoneName(text)) return undefined;
  const other = fixForZone(text);
  const meant = nearest(text, zoneNames());
  return {
    what: `${shown(text)} is no IANA time zone of a place.`,
    fix:
      other ??
      (meant === undefined ? 'Write one by place, such as Europe/Berlin, or UTC.' : `Did you mean ${meant}?`),
  };
};

// The characters that every service accepts in a tag key.
const TAG_KEY = /^[\p{L}\p{N} _.:/=+-]{1,128}$/u;

/** Tags with a meaning of their own, also where a key only looks like theirs: a policy's name in one would hold or mute every table. */
const RESERVED = [
  { key: HOLD_TAG, does: 'stops expiry' },
  { key: MUTE_TAG, does: 'mutes a table' },
  { key: SMALLER_TAG, does: 'says that a table is meant to be smaller' },
] as const;

/**
 * Describes what is wrong with text as the key of the tag that tables opt in with; undefined when
 * nothing is.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html (checked 2026-11-22)
 */
export const tagAdvice = (text: string): Advice | undefined => {
  const reserved = RESERVED.find(({ key }) => key === text || looksLike(key)(text));
  if (reserved !== undefined) {
    const { key, does } = reserved;
    const what =
      key === text
        ? `The tag ${key} already ${does}.`
        : `${shown(text)} is read as ${key}, the tag that ${does}.`;
    return { what, fix: 'Choose another, such as backup:policy.' };
  }
  if (text !== text.trim() && text.trim() !== '')
    return {
      what: `${shown(text)} begins or ends with a space, which nobody sees on a table.`,
      fix: `Write it without: ${shown(text.trim())}.`,
    };
  if (TAG_KEY.test(text) && !plainKey(text).startsWith('aws:')) return undefined;
  return {
    what: `${shown(text)} cannot be the key of a tag.`,
    fix: 'Write 1–128 letters, digits, spaces and + - = . _ : / that do not begin with aws:, such as backup:policy.',
  };
};

/** Describes what is wrong with text as the name of a policy; undefined when nothing is. */
export const policyNameAdvice = (text: string): Advice | undefined => {
  if (text === OPT_OUT) {
    return {
      what: `No policy can be named ${OPT_OUT}: as the value of a tag it opts a table out.`,
      fix: 'Choose another name.',
    };
  }
  if (NAME_PATTERN.test(text)) return undefined;
  return {
    what: `${shown(text)} cannot name a policy: the name stands in backup names and in tags.`,
    fix: 'Write up to 48 of a–z, 0–9 and inner hyphens, such as standard.',
  };
};
