import type { DigestDocument, DigestSection } from '../../../model/digest-message.ts';
import { assertNever } from '../../../model/errors.ts';
import { counted } from '../../text/words.ts';
import { type AlarmNotice, type TopicText, topicContent } from '../topic-content.ts';
import { originLinks, teamsAlert, whereLine } from './alert.ts';
import {
  bytesOf,
  type CardLine,
  type CardPart,
  cardLine,
  cardPart,
  linesWithin,
  MESSAGE_BYTES,
  type TeamsMessage,
  teamsMessage,
} from './card.ts';

const LINE_CHARS = 500;
const TITLE_CHARS = 60;
const REASON_CHARS = 1_400;
const DETAIL_CHARS = 300;

/** The most that the title, the origin, the buttons and the counts of what does not fit take, in bytes. */
const FRAME_BYTES = 7_600;

/** More sections than any digest has; further ones were not written by Tablekeeper. */
const MOST_SECTIONS = 8;

const restLine = (rest: number): readonly CardLine[] =>
  rest === 0 ? [] : [cardLine(`And ${counted(rest, 'more line')}: see the mail.`, LINE_CHARS)];

const BULLET = /^\* /;

const sectionPart = ({ title, severity, lines }: DigestSection, bytes: number): CardPart => {
  const all = lines
    .filter((line) => line.trim() !== '')
    .map((line) => cardLine(line.replace(BULLET, '\u2022 '), LINE_CHARS));
  const { shown, rest } = linesWithin(all, bytes);
  return cardPart(severity ?? 'good', [
    cardLine(title.toUpperCase(), TITLE_CHARS, 'heading'),
    ...shown,
    ...restLine(rest),
  ]);
};

/** Fits each section into an even share of the room that is left, so that a long one takes none of the others' room. */
const sectionParts = (sections: readonly DigestSection[]): readonly CardPart[] => {
  let left = MESSAGE_BYTES - FRAME_BYTES;
  return sections.map((section, at) => {
    const part = sectionPart(section, Math.floor(left / (sections.length - at)));
    left -= bytesOf(part.items);
    return part;
  });
};

const teamsDigest = ({ subject, digest }: DigestDocument): TeamsMessage =>
  teamsMessage(
    subject,
    [whereLine(digest), ...sectionParts(digest.sections.slice(0, MOST_SECTIONS))],
    originLinks(digest),
  );

const alarmGround = (state: string) => {
  if (state === 'ALARM') return 'critical';
  return state === 'OK' ? 'good' : 'warning';
};

const teamsAlarm = (alarm: AlarmNotice): TeamsMessage => {
  const { accountId, changedAt, description, name, reason, region, state } = alarm;
  const where = ['CloudWatch alarm', accountId && `account ${accountId}`, region, changedAt].filter(Boolean);
  const lines = [description, reason]
    .filter((text) => text !== undefined)
    .map((text) => cardLine(text, REASON_CHARS));
  const small = cardLine(where.join(' \u00b7 '), DETAIL_CHARS, 'small');
  return teamsMessage(`${state}: ${name}`, [cardPart(alarmGround(state), [...lines, small])]);
};

/** Writes a text line by line, without the padding of mails. */
const teamsText = ({ subject, text }: TopicText): TeamsMessage => {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => cardLine(line, LINE_CHARS));
  const { shown, rest } = linesWithin(lines, MESSAGE_BYTES - FRAME_BYTES);
  return teamsMessage(subject === '' ? 'A message on the alert topic' : subject, [
    ...shown,
    ...restLine(rest),
  ]);
};

/**
 * Writes a message on the topic as a card: Tablekeeper's alerts and digests in full, CloudWatch alarms with their reason, anything else with its
 * subject and text. Everything stays under Teams's limit, and what does not fit is counted.
 */
export const renderTeamsMessage = (message: TopicText): TeamsMessage => {
  const content = topicContent(message.text);
  switch (content.kind) {
    case 'alert':
      return teamsAlert(content.document);
    case 'digest':
      return teamsDigest(content.document);
    case 'alarm':
      return teamsAlarm(content.alarm);
    case 'text':
      return teamsText(message);
    default:
      return assertNever(content);
  }
};
