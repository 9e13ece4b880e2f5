import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path/posix';
import { fillTemplate, templateText } from '../../shared/core/deployment/fill-template.ts';
import { DESTINATION_FILE } from '../../shared/core/deployment/general-template.ts';
import { type GivenValues, stackTagsIn } from '../../shared/core/deployment/package-parameters.ts';
import { POLICIES_FILE, policiesDigest, policiesFileText } from '../../shared/core/policy/policies-file.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { type PartFunction, type Parts, TEMPLATE_FILE } from './parts.ts';
import { stored, writeZip, type ZipEntry } from './zip.ts';

/** The file that names the digest of every other one, as `sha256sum` writes and checks it. */
export const SUMS_FILE = 'SHA256SUMS';

/** One file of a packaged deployment. */
export interface MadeFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly sha256: string;
}

/** A deployment as files: the same for the same version, policies and values. */
export interface PackagedDeployment {
  readonly version: string;
  readonly policiesDigest: string;
  readonly files: readonly MadeFile[];
  /** What CloudFormation gives to everything in the stack; it stands in no template. */
  readonly stackTags: Readonly<Record<string, string>>;
}

/** What a person wants to have packaged. */
export interface Wanted {
  readonly policies: Policies;
  /** Checked, by the names that a person writes. */
  readonly values: GivenValues;
}

const fileOf = (name: string, content: Uint8Array): MadeFile => ({
  name,
  content,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** Where the policies of a function lie in its archive: beside its module. */
const policiesEntry = (entries: readonly ZipEntry[], policies: Policies): ZipEntry => {
  const folder = dirname(entries[0]?.name ?? '');
  return stored(
    join(folder, POLICIES_FILE),
    Buffer.from(policiesFileText({ ...policies, isPackaged: true })),
  );
};

/** Completes the files of a function with its policies. */
export const filesOf = async (
  { name, hasPolicies }: PartFunction,
  parts: Parts,
  policies: Policies,
): Promise<readonly ZipEntry[]> => {
  const entries = await parts.archiveOf(name);
  return hasPolicies ? [...entries, policiesEntry(entries, policies)] : entries;
};

/** Part of an archive's name, so that CloudFormation sees that a function changed. */
const HASH_DIGITS = 12;

const archiveOf = async (one: PartFunction, parts: Parts, policies: Policies): Promise<MadeFile> => {
  const { content, sha256 } = fileOf(one.name, writeZip(await filesOf(one, parts, policies)));
  return { name: `${one.name}-${sha256.slice(0, HASH_DIGITS)}.zip`, content, sha256 };
};

const sumsOf = (files: readonly MadeFile[]): MadeFile =>
  fileOf(SUMS_FILE, Buffer.from(files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')));

/** Puts a deployment together: archives with the policies in them, the template that names them, and their digests. */
export const putTogether = async (
  parts: Parts,
  { policies, values }: Wanted,
): Promise<PackagedDeployment> => {
  const archives = await Promise.all(parts.functions.map((one) => archiveOf(one, parts, policies)));
  const digest = policiesDigest(policies);
  const names = parts.functions.map(({ name }, index) => [name, archives[index]?.name ?? ''] as const);
  const template = fillTemplate(parts.template, {
    values,
    policyTag: policies.tag,
    archives: new Map(names),
    metadata: { version: parts.version, policies: digest },
  });
  const files = [
    ...archives,
    fileOf(TEMPLATE_FILE, Buffer.from(templateText(template))),
    fileOf(DESTINATION_FILE, Buffer.from(parts.destination)),
  ];
  return {
    version: parts.version,
    policiesDigest: digest,
    files: [...files, sumsOf(files)],
    stackTags: stackTagsIn(values, policies.tag),
  };
};
