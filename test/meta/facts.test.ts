import { expect, it } from 'vitest';
import { stringMatches } from '../support/string-matches.ts';

// Decisions read facts and never sentences. Each place that matches, splits or cuts text is here, with what the text is.

/** How many places each file has. */
type Places = Readonly<Record<string, number>>;

const OUTSIDE: Readonly<Record<string, Places>> = {
  'the policy file, which a person writes': {
    'shared/core/calendar/cron-fields.ts': 5,
    'shared/core/calendar/zone.ts': 2,
    'shared/core/policy/as-written.ts': 1,
    'shared/core/policy/syntax.ts': 4,
    'shared/core/policy/value-mistake.ts': 8,
    'shared/core/policy/vault-name-mistake.ts': 1,
    'shared/core/plan/job-creates.ts': 1,
    'shared/core/policy/mistake.ts': 2,
    'shared/core/policy/differences.ts': 3,
    'shared/core/policy/tag-key.ts': 19,
    'shared/core/policy/other-zones.ts': 3,
    'shared/core/policy/other-words.ts': 3,
    'shared/core/policy/other-crons.ts': 4,
  },
  'parameters, rates and tags of a deployment, which a person writes': {
    'shared/core/deployment/instance.ts': 1,
    'shared/core/deployment/name-and-value.ts': 3,
    'shared/core/deployment/package-parameters.ts': 3,
    'shared/core/deployment/parameters.ts': 6,
    'shared/core/deployment/rate-expression.ts': 5,
    'shared/core/deployment/stack-tags.ts': 5,
  },
  'tags and names of tables, which people choose': {
    'shared/core/doctor/neighbours.ts': 1,
    'shared/core/policy/govern.ts': 3,
    'shared/core/scene/mute.ts': 2,
    'shared/core/scene/hold.ts': 3,
    'shared/core/scene/governed.ts': 1,
    'shared/core/findings/shrunk-tables.ts': 2,
    'shared/core/findings/table-inaccessible.ts': 1,
  },
  'names of tables, indexes, arguments and tags in infrastructure code, and templates as text': {
    'shared/core/infrastructure/cfn-rules.ts': 1,
    'shared/core/infrastructure/cfn-change-set.ts': 1,
    'shared/core/infrastructure/cfn-steps.ts': 2,
    'shared/core/infrastructure/live.ts': 1,
    'shared/core/infrastructure/names.ts': 5,
    'shared/core/infrastructure/template.ts': 9,
    'shared/core/infrastructure/tf-rules.ts': 1,
    'shared/core/infrastructure/tf-scaling.ts': 1,
  },
  'what AWS gives as text: ARNs, Regions, sessions, patterns of policies and trails, an offset of Intl': {
    'shared/core/doctor/refused.ts': 3,
    'shared/core/text/failure-fix.ts': 1,
    'shared/core/doctor/tag-policy-document.ts': 3,
    'shared/core/doctor/trail-reach.ts': 4,
    'shared/core/hint/table-of-event.ts': 4,
    'shared/core/messages/log-link.ts': 3,
    'shared/core/restore/cutover-alarms.ts': 4,
    'shared/core/restore/expected.ts': 1,
    'shared/core/restore/observer-steps.ts': 1,
    'shared/core/restore/policy-text.ts': 1,
    'shared/core/restore/rename.ts': 5,
    'shared/core/restore/same.ts': 1,
    'shared/core/restore/scaled.ts': 1,
    'shared/core/restore/scaling-steps.ts': 2,
    'shared/core/text/commands.ts': 2,
    'shared/core/text/subscriber.ts': 4,
    'shared/run/compose-wire.ts': 1,
  },
  'arguments, the environment, processes and samples of a terminal': {
    'cli/open.ts': 2,
    'cli/policies.ts': 1,
    'cli/region.ts': 1,
    'cli/simulated-clock.ts': 1,
    'cli/until-ended.ts': 5,
    'cli/command.ts': 6,
    'cli/commands/package.ts': 1,
    'cli/own-files.ts': 1,
    'cli/package/put-together.ts': 1,
    'cli/view/package-text.ts': 2,
    'cli/init/questions.ts': 2,
    'cli/init/starter.ts': 2,
    'cli/invoke-runner.ts': 3,
    'cli/table-argument.ts': 2,
    'shared/core/restore/asked-time.ts': 4,
    'shared/core/restore/asked.ts': 5,
    'shared/core/restore/choose-point.ts': 1,
    'shared/core/restore/menu.ts': 3,
    'shared/core/restore/overrides.ts': 1,
    'shared/core/restore/target-name.ts': 3,
  },
};

const SHOWN: Readonly<Record<string, Places>> = {
  'instants as dates': {
    'shared/core/messages/digest/sums.ts': 2,
    'shared/core/restore/cutover-plan.ts': 2,
    'shared/core/restore/moment-text.ts': 1,
    'shared/core/retention/reasons.ts': 2,
    'shared/core/text/time.ts': 4,
  },
  'text made safe, quoted, wrapped or cut to the room there is': {
    'cli/progress.ts': 1,
    'cli/view/infrastructure-text.ts': 1,
    'cli/restore/progress.ts': 1,
    'cli/view/paragraph.ts': 1,
    'functions/tick.ts': 1,
    'shared/core/doctor/trail.ts': 2,
    'shared/core/findings/table-replaced.ts': 1,
    'shared/core/messages/mail/prose.ts': 3,
    'shared/core/messages/mail/subject.ts': 2,
    'shared/core/messages/pagerduty/alert.ts': 1,
    'shared/core/messages/pagerduty/event.ts': 1,
    'shared/core/messages/slack/digest.ts': 2,
    'shared/core/messages/slack/link.ts': 3,
    'shared/core/messages/slack/message.ts': 1,
    'shared/core/messages/slack/text.ts': 12,
    'shared/core/messages/teams/card.ts': 1,
    'shared/core/messages/teams/message.ts': 2,
    'shared/core/plan/verdicts.ts': 2,
    'shared/core/infrastructure/hcl.ts': 4,
    'shared/core/text/ascii-json.ts': 1,
    'shared/core/text/verdict.ts': 1,
    'shared/core/text/words.ts': 6,
    'shared/core/text/wrap.ts': 1,
    'cli/commands/finding.ts': 11,
    'cli/completion.ts': 3,
    'cli/failure.ts': 3,
    'shared/core/text/whole-command.ts': 1,
    'cli/view/display-columns.ts': 2,
    'cli/sim-account.ts': 1,
    'cli/terminal.ts': 3,
    'shared/core/findings/table-shrunk.ts': 2,
    'shared/core/text/shell.ts': 3,
  },
};

it('nothing in core, run, functions and cli matches, splits or cuts text but what is listed here', () => {
  const found = stringMatches(['shared/core', 'shared/run', 'functions', 'cli']);
  const counts = Object.fromEntries([...found].map(([path, methods]) => [path, methods.length]));
  const listed = [...Object.values(OUTSIDE), ...Object.values(SHOWN)];
  expect(counts).toEqual(Object.assign({}, ...listed));
}, 60_000);
