import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import { policyWarnings } from '../../shared/core/policy/warnings.ts';
import { givenVaultWarnings } from '../../shared/core/preflight/given-vault.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Answer, FINE } from '../answer.ts';
import { cannotWrite } from '../cannot-write.ts';
import type { CliCommand } from '../command.ts';
import {
  checkGiven,
  contradictionIn,
  givenValues,
  policiesOf,
  type TypedParameters,
} from '../package/given.ts';
import { withParts } from '../package/parts.ts';
import { type MadeFile, putTogether } from '../package/put-together.ts';
import { regionOf } from '../region.ts';
import type { Session } from '../session.ts';
import { shownCommand } from '../view/advice-text.ts';
import type { Screen } from '../view/colour.ts';
import { deployCommands, type PackageView, packageLines } from '../view/package-text.ts';
import { makeFolder, type Writing, writeWhole } from '../write-file.ts';

interface PackageOptions extends TypedParameters {
  readonly out: string;
}

/** What an earlier packaging left here, under names that only it gives. */
const ARCHIVE = /^[a-z]+-[0-9a-f]{12}\.zip$/;

const WRITING: Writing = { what: 'the folder', fix: 'Name another with --out FOLDER.' };

/** Replaces what an earlier packaging wrote; everything else in the folder stays. */
const writeFiles = async (folder: string, files: readonly MadeFile[]): Promise<void> => {
  await makeFolder(folder, WRITING);
  for (const { name, content } of files) await writeWhole(join(folder, name), content, WRITING);
  try {
    const made = files.map(({ name }) => name);
    const before = (await readdir(folder)).filter((name) => ARCHIVE.test(name) && !made.includes(name));
    for (const name of before) await rm(join(folder, name));
  } catch (error) {
    throw cannotWrite({ file: folder, ...WRITING }, error);
  }
};

const documentOf = (view: PackageView, warnings: readonly object[], screen: Screen): object => {
  const { deployment, values, out } = view;
  const { version, policiesDigest, files, stackTags } = deployment;
  return {
    ...{ command: 'package', version, policiesDigest, out },
    parameters: Object.fromEntries(values),
    stackTags,
    files: files.map(({ name, content, sha256 }) => ({ name, bytes: content.length, sha256 })),
    warnings,
    next: deployCommands(view).map((command) => shownCommand(command, screen)),
  };
};

const regionIn = async (session: Session): Promise<string | undefined> => {
  try {
    return await regionOf(session);
  } catch (error) {
    if (error instanceof UserError && error.content.code === 'no-region') return undefined;
    throw error;
  }
};

/** Writes a deployment as files that the AWS CLI, Terraform, CDK and StackSets deploy as they are. Needs no AWS. */
const packageDeployment = async (session: Session, options: PackageOptions): Promise<Answer> => {
  const { out } = options;
  const given = await givenValues(session, options);
  const policies = await policiesOf(session, given);
  const region = await regionIn(session);
  return await withParts(session.terminal.env, async (parts) => {
    const values = checkGiven(given, parts.template, region);
    const deployment = await putTogether(parts, { policies, values });
    await writeFiles(out, deployment.files);
    const view = {
      deployment,
      values,
      template: parts.template,
      out,
      ...(region !== undefined && { region }),
    };
    const warnings = [
      ...policyWarnings(policies),
      ...givenVaultWarnings(policies, (name) => values.get(name) ?? ''),
    ];
    return {
      exitCode: FINE,
      lines: packageLines(view, session.screen),
      document: documentOf(view, warnings, session.screen),
      notes: warnings.map(({ says }) => `warning: ${says}`),
    };
  });
};

export const packageCommand: CliCommand<PackageOptions> = {
  name: 'package',
  summary: 'write a deployment as a template and archives that any tool can deploy; needs no AWS',
  options: [
    new Option('--out <folder>', 'where to').makeOptionMandatory(),
    new Option('--param <name=value>', 'a parameter of docs/deploy.md; may be given several times').argParser(
      (text: string, before: readonly string[] = []) => [...before, text],
    ),
    new Option(
      '--parameters <file>',
      'parameters by instance, as init writes them (default: parameters.yml)',
    ),
  ],
  mistakeIn: contradictionIn,
  run: packageDeployment,
};
