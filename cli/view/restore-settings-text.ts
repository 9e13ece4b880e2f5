import type { NotReapplied } from '../../shared/core/restore/not-reapplied.ts';
import { oldTableOf } from '../../shared/core/restore/old-table.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { restoreOfCommand } from '../../shared/core/text/commands.ts';
import { failuresText, listed, verb } from '../../shared/core/text/words.ts';
import { advise, asAdvice, type Said } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { SettingFacet } from '../../shared/model/table-settings.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import {
  alarmsSaid,
  type BothTables,
  madePlace,
  namedSaid,
  readersSaid,
  tablesOf,
} from './restore-pointers-text.ts';
import { consistencyText, takenText } from './restore-replicas-text.ts';
import { capacityText, stepText, ttlCommand } from './restore-step-text.ts';

const FACETS: Readonly<Record<SettingFacet, string>> = {
  shape: 'keys, indexes, throughput, class, encryption, stream',
  tags: 'tags',
  ttl: 'TTL',
  pitr: 'point-in-time recovery',
  'resource-policy': 'resource policy',
  'stream-policy': "the stream's resource policy",
  insights: 'Contributor Insights',
  kinesis: 'Kinesis destinations',
  'auto-scaling': 'auto scaling',
  replicas: 'replicas',
  attachments: 'alarms, event source mappings and pipes',
};

const sinceText = ({ manifest }: RestorePlan): string =>
  manifest === undefined ? '' : `, as they stood at ${isoInstant(manifest.manifest.capturedAt)}`;

/** Formats the settings that are put back, numbered in their order. */
export const stepsBlock = (plan: RestorePlan, screen: Screen): readonly string[] => {
  const { steps, choices } = plan;
  if (choices.settings === 'none')
    return [
      screen.paint(
        'strong',
        'A bare copy: deletion protection, the tag that keeps it out of backups, and no other setting',
      ),
    ];
  if (steps.length === 0) return [screen.paint('strong', 'No setting has to be put back')];
  const rows = steps.map((step, index): Row => [`${index + 1}.`, stepText(step)]);
  return [
    screen.paint('strong', `Put back once it is ACTIVE, in this order${sinceText(plan)}`),
    ...columns(rows, '  ', screen),
  ];
};

/** Formats the settings that are not known, with why. */
export const gapsBlock = ({ gaps }: RestorePlan, screen: Screen): readonly string[] =>
  gaps.length === 0
    ? []
    : [
        screen.paint('warning', 'Not known, because it could not be read when the settings were kept'),
        ...columns(
          gaps.map(({ facet, failure }): Row => [FACETS[facet], failuresText([failure])]),
          '  ',
          screen,
        ),
      ];

const KINESIS: Readonly<Record<Extract<NotReapplied, { kind: 'kinesis' }>['why'], string>> = {
  asked: 'two tables in one stream mix their records. --kinesis share lets it send there too.',
  left: 'as you chose.',
  elsewhere: 'it is in another Region or account than the table that is made.',
};

const kinesisText = (
  { streamArn, why }: Extract<NotReapplied, { kind: 'kinesis' }>,
  name: string,
  source: string,
): string =>
  `Kinesis stream ${streamArn}: ${source} sends its changes there, ${name} does not, ${why === 'left' ? '' : 'because '}${KINESIS[why]}`;

const policyTagText = ({ target: { name }, manifest }: RestorePlan): string =>
  `The policy tag: ${name} is tagged to opt out of backups. ${
    manifest?.manifest.settings.tags === undefined
      ? 'The one of its source is not known: set it by hand where it is to be backed up.'
      : '--as-replacement gives it the one of its source.'
  }`;

const bothOf = ({ choice, target, targetRegion }: RestorePlan): BothTables => {
  const made = { source: choice.source, targetTable: target.name, targetRegion };
  const both = tablesOf(made, choice.view.target, oldTableOf(choice.view, made));
  return { ...both, isNamedByPerson: target.by === 'person' };
};

const leftText = (left: NotReapplied, plan: RestorePlan): Said => {
  const { target, targetRegion, choice } = plan;
  const { name } = target;
  const both = bothOf(plan);
  switch (left.kind) {
    case 'local-indexes':
      return `Local index ${listed(left.names)}, left out for ever: a local index cannot be added to this table ever again.`;
    case 'global-indexes':
      return advise(
        `Global index ${listed(left.names)}, left out for now. To build ${verb(left.names.length, 'it', 'them one by one')} later:`,
        restoreOfCommand('--indexes', { targetTable: name, targetRegion }, choice.view.target.region),
      );
    case 'settings':
      return `Settings, because of --without-settings: ${listed(left.facets.map((facet) => FACETS[facet]))}.`;
    case 'ttl':
      return advise(
        `TTL on ${left.attribute}, because it deletes what has run out: --ttl on switches it on last. Later:`,
        ttlCommand(name, targetRegion, left.attribute),
      );
    case 'warm-throughput':
      return `Warm throughput: ${name} starts at ${capacityText(left.startsAt)}; ${choice.source.table} was ready for ${capacityText(left.was)}. --warm as-was raises it, which AWS charges for once and which cannot go down again.`;
    case 'kinesis':
      return kinesisText(left, madePlace(both), choice.source.table);
    case 'strong-consistency':
      return consistencyText(left, plan);
    case 'replica-name-taken':
      return takenText(left, plan);
    case 'stream-consumers':
      return readersSaid(left.attachments, both);
    case 'alarms':
      return alarmsSaid(left.names, both);
    case 'backup-policy':
      return policyTagText(plan);
    case 'iam-policies':
      return namedSaid(both);
    case 'never-looked-at':
      return 'Not looked at: AppSync data sources, zero-ETL, DAX, search indexes, caches, exports. What was derived from the table still shows what it showed before.';
    default:
      return assertNever(left);
  }
};

/** Formats what the table will not have by itself, each with what to do about it. */
export const notReappliedBlock = (plan: RestorePlan, screen: Screen): readonly string[] =>
  plan.notReapplied.length === 0
    ? []
    : [
        screen.paint('strong', 'Not put back, and what to do'),
        ...columns(
          plan.notReapplied.map((left): Row => ['-', asAdvice(leftText(left, plan))]),
          '  ',
          screen,
        ),
      ];
