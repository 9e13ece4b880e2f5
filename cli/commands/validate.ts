import { Argument } from 'commander';
import { policyClauses } from '../../shared/core/policy/text.ts';
import { policyWarnings } from '../../shared/core/policy/warnings.ts';
import { counted } from '../../shared/core/text/words.ts';
import { UserErrors } from '../../shared/model/errors.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { Policies, Policy } from '../../shared/model/policy.ts';
import { type Answer, FINE, USAGE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { mistakesDocument } from '../documents/error-document.ts';
import { policyFields } from '../documents/policy-document.ts';
import { mistakesLines } from '../failure.ts';
import { readPolicies } from '../policies.ts';
import type { Session } from '../session.ts';
import type { Screen } from '../view/colour.ts';
import { paragraph } from '../view/paragraph.ts';

const policyLines = (policy: Policy, now: Instant, screen: Screen): readonly string[] => [
  '',
  screen.paint('strong', policy.name),
  ...policyClauses(policy, now).flatMap((clause) => paragraph(clause, '  ', screen)),
];

/** Each stands out by its first word, because an exit code of 0 does not show it. */
const warningLines = (compiled: Policies, screen: Screen): readonly string[] =>
  policyWarnings(compiled).flatMap(({ path, says }) => [
    '',
    `${screen.paint('warning', 'Warning')}: ${path}`,
    ...paragraph(says, '  ', screen),
  ]);

const nameOf = (file: string): string => (file === '-' ? 'Standard input' : file);

const validAnswer = (file: string, compiled: Policies, { screen, now }: Session): Answer => {
  const { policies, tag, guardrail } = compiled;
  const count = counted(policies.length, 'policy', 'policies');
  return {
    exitCode: FINE,
    lines: [
      `${nameOf(file)} is ${screen.paint('good', 'valid')}: ${count}, by the tag ${tag}`,
      ...policies.flatMap((policy) => policyLines(policy, now(), screen)),
      ...warningLines(compiled, screen),
    ],
    document: {
      command: 'validate',
      file,
      valid: true,
      tag,
      guardrail,
      policies: policies.map(policyFields),
      warnings: policyWarnings(compiled),
    },
    notes: [],
  };
};

const invalidAnswer = (file: string, mistakes: UserErrors, { screen, sources }: Session): Answer => ({
  exitCode: USAGE,
  lines: [
    ...mistakesLines(mistakes, sources, screen),
    '',
    `${nameOf(file)} is ${screen.paint('bad', 'not valid')}: ${counted(mistakes.errors.length, 'mistake')}`,
  ],
  document: { command: 'validate', file, valid: false, ...mistakesDocument(mistakes) },
  notes: [],
});

/**
 * Checks a policy file, without AWS: prints every policy in words, or every mistake with its line.
 */
const validate = async (session: Session, file = session.options.policies): Promise<Answer> => {
  try {
    return validAnswer(file, await readPolicies(session, file), session);
  } catch (error) {
    if (error instanceof UserErrors) return invalidAnswer(file, error, session);
    throw error;
  }
};

export const validateCommand: CliCommand<{ readonly file?: string }> = {
  name: 'validate',
  summary: 'check a policy file, without AWS',
  argument: new Argument('[file]', 'instead of the one of --policies; - reads standard input'),
  run: (session, { file }) => validate(session, file),
};
