import * as z from 'zod';
import { USUAL_DRILL_CAP_USD } from '../../model/policy.ts';
import type { Advice } from './mistake.ts';
import { MOST_KEPT, policy, text } from './policy-schema.ts';
import { digestAdvice } from './schedule-mistake.ts';
import { tagAdvice, zoneAdvice } from './value-mistake.ts';
import { destinationAdvice } from './vault-name-mistake.ts';

const NO_POLICY: Advice = {
  what: 'There are no policies.',
  fix: 'Write at least one, such as standard: { schedule: "0 3 * * *", retention: { daily: 7 } }.',
};

const policies = z
  .record(z.string().meta({ pattern: '^(?!none$)[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$' }), policy)
  .superRefine((named, context) => {
    if (Object.keys(named).length === 0) {
      context.addIssue({ code: 'custom', message: NO_POLICY.what, params: { ...NO_POLICY } });
    }
  })
  .meta({
    description:
      'Policies by name. A table opts in by the value of its tag: standard, or several: standard+archive.',
    minProperties: 1,
  });

const guardrail = z
  .strictObject({
    maxShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .meta({
        description:
          "The share of a table's recovery points, or of how far back they reach, that a plan may take beside steady operation.",
        examples: [0.5],
      }),
    floor: z
      .int()
      .min(0)
      .max(MOST_KEPT)
      .default(5)
      .meta({
        description:
          'How many recovery points younger than a day are let off where nobody remembers which rules were in force.',
        examples: [5],
      }),
  })
  .prefault({})
  .meta({ description: 'A plan that would take more of any table expires nothing and asks for approval.' });

const digest = z
  .strictObject({
    schedule: text(digestAdvice).meta({
      description: 'When a digest is due, in the time zone of the file; the first audit after that sends it.',
      examples: ['0 8 * * 1'],
    }),
  })
  .optional()
  .meta({
    description:
      'A message at regular times that tells how every table stands, whether or not anything is wrong. Left out, there is none.',
    examples: [{ schedule: '0 8 * * 1' }],
  });

const drills = z
  .strictObject({
    maxMonthlyUsd: z
      .number()
      .min(0)
      .max(1_000_000)
      .meta({
        description:
          'What all drills of a calendar month (UTC) may cost, in US dollars, as estimated from the sizes of tables. A drill that would exceed it is put off and reported.',
        examples: [20],
      }),
  })
  .optional()
  .meta({
    description: `Limits for the drills of all policies. Left out, they may cost ${USUAL_DRILL_CAP_USD} US dollars a month.`,
    examples: [{ maxMonthlyUsd: USUAL_DRILL_CAP_USD }],
  });

const deletedVaults = z
  .array(text(destinationAdvice))
  .optional()
  .meta({
    description:
      'Backup vaults that were deleted on purpose, by ARN: where one is not there and no policy names it, what was in it counts as gone, and it is not reported any more.',
    examples: [['arn:aws:backup:eu-west-1:111122223333:backup-vault:old']],
  });

/** What a person writes: the shape, ranges and words of `policies.yml`. */
export const policiesSchema = z
  .strictObject({
    tag: text(tagAdvice)
      .default('backup:policy')
      .meta({ description: 'The key of the tag by which a table opts in.', examples: ['backup:policy'] }),
    timezone: text(zoneAdvice)
      .default('UTC')
      .meta({
        description: 'IANA zone of all schedules and of the calendar of retention.',
        examples: ['UTC', 'Europe/Berlin', 'Asia/Seoul'],
      }),
    guardrail,
    digest,
    drills,
    deletedVaults,
    policies,
  })
  .meta({ title: 'Tablekeeper policies', description: 'Which tables are kept recoverable, and how.' });

/** A valid policy file, with its defaults filled in. */
export type PoliciesFile = z.output<typeof policiesSchema>;

/**
 * Builds the JSON Schema of policy files, for editors. Draft 7 is what YAML editors support best.
 */
export const policiesJsonSchema = () => z.toJSONSchema(policiesSchema, { io: 'input', target: 'draft-7' });

/** Builds the text of `policies.schema.json` from the schema that checks policy files. */
export const policiesSchemaText = (): string => `${JSON.stringify(policiesJsonSchema(), undefined, 2)}\n`;
