import { minuteText } from '../shared/core/text/time.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../shared/model/instant.ts';
import { recoveryPointName } from '../shared/model/recovery-point-name.ts';
import type { SimAccount } from '../sim/account.ts';
import { CONSOLE } from '../sim/call.ts';
import { createBackup } from '../sim/console/backups.ts';
import { createTopic } from '../sim/console/services.ts';
import { type ConsoleTable, createTable, setPitr } from '../sim/console/tables.ts';
import { addTable } from '../sim/dynamodb/change-tables.ts';
import type { Definition } from '../sim/dynamodb/table.ts';
import { changeTags } from '../sim/dynamodb/tags.ts';
import type { Delivery } from '../sim/inbox.ts';
import type { Session } from './session.ts';
import { sanitizeTerminal, textOf } from './terminal.ts';

const STATE: Definition = {
  attributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  billingMode: 'PAY_PER_REQUEST',
};

/**
 * Creates in a simulated account what a deployment of that instance has beside its functions: the
 * state table and the topic, with one confirmed address.
 */
export const deployTo = (account: SimAccount, instance: string, email: string): void => {
  const createdAt = account.clock.now();
  const facts = { name: `tablekeeper-${instance}-state`, sizeBytes: 0, itemCount: 0, definition: STATE };
  const times = { createdAt, activeAt: createdAt, backupsReadyAt: createdAt };
  const table = addTable(account, { ...facts, ...times, deletionProtection: true }, CONSOLE);
  changeTags(account, table, { 'backup:policy': 'none' }, 0);
  createTopic(account, `tablekeeper-${instance}-alerts`, [email]);
};

interface Example extends ConsoleTable {
  readonly name: string;
  /** Days of nightly recovery points; none when absent. */
  readonly nights?: number;
}

const GIGABYTE = 1_000_000_000;

/**
 * A small set with one example of each: healthy, new, mistyped, opted out, on hold, without a tag.
 */
const EXAMPLES: readonly Example[] = [
  { name: 'orders', tags: { 'backup:policy': 'standard' }, sizeBytes: 4 * GIGABYTE, pitr: true, nights: 14 },
  {
    name: 'invoices',
    tags: { 'backup:policy': 'standard+archive' },
    sizeBytes: GIGABYTE,
    pitr: true,
    nights: 5,
  },
  { name: 'customers', tags: { 'backup:policy': 'standard' }, sizeBytes: 2 * GIGABYTE, nights: 3 },
  {
    name: 'ledger',
    tags: { 'backup:policy': 'standard', 'backup:hold': 'true' },
    sizeBytes: 3 * GIGABYTE,
    pitr: true,
    nights: 20,
  },
  { name: 'sessions', tags: { 'backup:policy': 'none' }, sizeBytes: GIGABYTE / 2 },
  { name: 'shipments', tags: { 'backup:policy': 'standrad' }, sizeBytes: GIGABYTE },
  { name: 'reports', sizeBytes: GIGABYTE / 4 },
];

/** A few in each, so that a restore or a drill of it has something to read. */
const ITEMS = Array.from({ length: 20 }, (_, at) => ({ pk: { S: `item-${at}` } }));

/** The last 03:00 UTC. */
const lastNight = (now: Instant): Instant => Math.floor((now - 3 * HOUR_MS) / DAY_MS) * DAY_MS + 3 * HOUR_MS;

const addNights = (account: SimAccount, instance: string, { name, nights = 0 }: Example): void => {
  const newest = lastNight(account.clock.now());
  for (let night = nights - 1; night >= 0; night -= 1) {
    const slot = newest - night * DAY_MS;
    const createdAt = Math.min(slot + 2 * MINUTE_MS, account.clock.now());
    const origin = { instance, policy: 'standard', slot };
    createBackup(account, {
      table: name,
      name: recoveryPointName(origin),
      createdAt,
      availableAt: createdAt,
    });
  }
};

/**
 * Adds the example tables, with a history: nightly recovery points of the instance, and one that a
 * person made.
 */
export const addExampleTables = (account: SimAccount, instance: string): void => {
  const now = account.clock.now();
  for (const { nights: _nights, ...table } of EXAMPLES) {
    const made = createTable(account, { ...table, createdAt: now - 60 * DAY_MS });
    account.state.items.fill(made, Promise.resolve(ITEMS));
  }
  for (const example of EXAMPLES) addNights(account, instance, example);
  setPitr(account, 'customers', { enabled: false });
  createBackup(account, { table: 'orders', name: 'before-migration', createdAt: now - 9 * DAY_MS });
};

const LOOK_EVERY_MS = 200;

const mailLines = ({ at, subject, message }: Delivery, { screen }: Session): readonly string[] => [
  '',
  screen.paint('strong', `Mail of ${minuteText(at)}: ${subject}`),
  '',
  ...message
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd()),
  '',
];

/**
 * Shows each mail of a simulated account once, soon after it was sent. Returns a function that
 * stops this and shows the last ones.
 */
export const showMails = ({ inbox }: SimAccount, session: Session): (() => void) => {
  const { json = false } = session.options;
  let shown = 0;
  const showNew = (): void => {
    const mails = inbox.messages.slice(shown);
    shown = inbox.messages.length;
    const stream = json ? session.terminal.stderr : session.terminal.stdout;
    stream.write(sanitizeTerminal(textOf(mails.flatMap((mail) => mailLines(mail, session)))));
  };
  const timer = setInterval(showNew, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    showNew();
  };
};
