import * as z from 'zod';
import { DRILL_LEVELS } from '../../model/policy.ts';
import { afterDeletionAdvice } from './after-deletion-mistake.ts';
import { drillEveryAdvice } from './drill-mistake.ts';
import type { Advice } from './mistake.ts';
import { scheduleAdvice } from './schedule-mistake.ts';
import { durationAdvice } from './value-mistake.ts';
import { destinationAdvice, vaultAdvice } from './vault-name-mistake.ts';

/** A text that is checked by what gives advice about it. */
export const text = (adviceFor: (value: string) => Advice | undefined) =>
  z.string().superRefine((value, context) => {
    const params = adviceFor(value);
    if (params !== undefined)
      context.addIssue({ code: 'custom', message: params.what, params: { ...params } });
  });

/** Nobody counts higher. */
export const MOST_KEPT = 100_000;

const count = (description: string, example: number) =>
  z
    .int()
    .min(1)
    .max(MOST_KEPT)
    .optional()
    .meta({ description, examples: [example] });

const duration = (description: string, examples: readonly string[]) =>
  text(durationAdvice).optional().meta({
    description,
    examples,
    pattern: '^(?!\\d+m$)(\\d+y)?(\\d+mo?)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+min)?$',
  });

const NOTHING_KEPT: Advice = {
  what: 'This retention keeps nothing.',
  fix: 'Write at least one rule, such as { daily: 7 }.',
};

const retention = z
  .strictObject({
    last: count('Keep this many of the newest recovery points.', 3),
    hourly: count('Keep the newest of each of the last hours that have one.', 24),
    daily: count('Keep the newest of each of the last days that have one.', 7),
    weekly: count('Keep the newest of each of the last ISO weeks (from Monday) that have one.', 4),
    monthly: count('Keep the newest of each of the last months that have one.', 12),
    yearly: count('Keep the newest of each of the last years that have one.', 7),
    within: duration('Keep all that are less than this older than the newest one.', ['48h', '7d', '1y6m']),
  })
  .superRefine((rules, context) => {
    if (Object.values(rules).every((rule) => rule === undefined)) {
      context.addIssue({ code: 'custom', message: NOTHING_KEPT.what, params: { ...NOTHING_KEPT } });
    }
  })
  .meta({
    description: "What is kept, in restic's words: a recovery point is kept when any rule keeps it.",
    examples: [{ last: 3, within: '48h', daily: 7, weekly: 4, monthly: 12 }],
    minProperties: 1,
  });

const pitr = z
  .strictObject({
    required: z.boolean().default(true).meta({ description: 'false promises no point-in-time recovery.' }),
    recoveryPeriodDays: z
      .int()
      .min(1)
      .max(35)
      .default(35)
      .meta({ description: 'How many days back a table can be restored to any second.', examples: [35] }),
    onDrift: z.enum(['alert', 'repair']).default('alert').meta({
      description: 'What to do when it is off or its period too short: tell people, or also set it right.',
    }),
  })
  .optional()
  .meta({
    description: 'What is promised of point-in-time recovery. Left out, nothing is.',
    examples: [{ required: true, recoveryPeriodDays: 35, onDrift: 'alert' }],
  });

const MOST_DAYS = 36_500;

const days = (description: string, example: number) =>
  z
    .int()
    .min(1)
    .max(MOST_DAYS)
    .optional()
    .meta({ description, examples: [example] });

const COLD =
  'Move recovery points to cold storage after this many days; they are paid for 90 days there at least. Left out, they stay warm.';

const destinationArn = text(destinationAdvice).meta({
  description:
    'The ARN of the vault to copy to: in another Region, or in another account of the organization.',
  examples: ['arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr'],
});

const destination = z.union([
  destinationArn,
  z.strictObject({
    vault: destinationArn,
    retention: retention.optional(),
    coldAfterDays: days(COLD, 30),
  }),
]);

const drill = z
  .strictObject({
    every: text(drillEveryAdvice).meta({
      description: 'How often each table is drilled: a day at the least.',
      examples: ['7d', '30d'],
    }),
    level: z.enum(DRILL_LEVELS).default('restored').meta({
      description:
        'How far a drill goes. listed: what is restored from is there. described: AWS describes it, with the keys and indexes of the table. sampled: it is exported to a bucket (deploy with drillBucket=on), read there and removed, which is paid for by the gigabyte. restored: a table is made of it, checked and deleted, which is paid for by the gigabyte.',
    }),
    maxSizeGb: z
      .number()
      .gt(0)
      .max(1_000_000)
      .default(50)
      .meta({
        description: 'Larger tables are not restored, only described.',
        examples: [50],
      }),
    sample: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .meta({ description: 'How many items of a restored table are read.', examples: [1_000] }),
  })
  .optional()
  .meta({
    description:
      'Prove at regular times that a table can be restored. Left out, nothing is tried. Deploy with drills=on.',
    examples: [{ every: '7d', maxSizeGb: 50, sample: 1_000 }],
  });

const afterDeletion = z
  .strictObject({
    keep: text(afterDeletionAdvice).meta({
      description: 'How long they stay after an audit first saw that the table is gone: 7d or more.',
      examples: ['30d', '90d'],
    }),
  })
  .optional()
  .meta({
    description:
      'Delete the recovery points of a table that was deleted, the last one too, some time after that. People are told a week before, with a command that keeps them. Left out, they stay until a person deletes them.',
    examples: [{ keep: '30d' }],
  });

/** The rules of one policy. */
export const policy = z
  .strictObject({
    engine: z.enum(['dynamodb', 'aws-backup']).default('dynamodb').meta({
      description:
        'What makes the recovery points: dynamodb makes on-demand backups, aws-backup runs jobs of AWS Backup.',
    }),
    vault: text(vaultAdvice)
      .optional()
      .meta({
        description:
          'The name of the backup vault in the account and Region of the tables. Only with aws-backup.',
        examples: ['tablekeeper'],
      }),
    coldAfterDays: days(`${COLD} Only with aws-backup.`, 30),
    deleteAfterDays: days(
      'Let AWS Backup delete after this many days what is still there: a backstop, never shorter than what the retention keeps. Only with aws-backup.',
      2_600,
    ),
    startWindow: duration('How long a job may wait to be started. Only with aws-backup.', ['8h']),
    completeWindow: duration(
      'How long after its scheduled time a job may still run. Left out, AWS Backup sets no end. Only with aws-backup.',
      ['2d'],
    ),
    copyTo: z
      .array(destination)
      .optional()
      .meta({
        description:
          'Vaults to copy each recovery point to, by ARN; each may have a retention of its own. Only with aws-backup.',
        examples: [['arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr']],
      }),
    schedule: text(scheduleAdvice).meta({
      description:
        'When a recovery point is due: minute, hour, day of month, month, day of week, in the time zone of the file. At least 15 minutes apart. Where both day fields are set, a day that is either is enough; only a lone * leaves one open.',
      examples: ['0 3 * * *', '0 * * * *', '0 4 1 * *', '30 2 * * SUN'],
    }),
    retention,
    pitr,
    rpo: duration(
      'The most time that may lie between now and the newest recovery point: from the longest time between two slots to ten times that. Left out: that time and a tenth of it, at least an hour.',
      ['26h', '90min', '32d'],
    ),
    rto: duration(
      'How long a restore may take until its table can be used. Drills and restores that took longer are reported. Left out, nothing is promised.',
      ['4h', '90min'],
    ),
    drill,
    afterDeletion,
  })
  .meta({ description: 'The rules for tables whose tag names this policy.' });
