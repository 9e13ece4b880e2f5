import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PARTS_FILE, type PartsContent, TEMPLATE_FILE } from '../../cli/package/parts.ts';
import { deflated, writeZip } from '../../cli/package/zip.ts';
import { DESTINATION_FILE, type StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { actsByPolicies, type Bundle, bundleFunctions, FUNCTION_NAMES } from '../bundle.ts';
import { destinationText } from '../destination-template.ts';
import { ROOT } from '../lambda-packages.ts';
import { GENERAL_ARGUMENTS, generalize } from './generalize.ts';
import { packagedTemplate } from './packaged-template.ts';

/** Where the files of a function lie in its archive: as the handlers of serverless.yml say. */
const folderOf = (name: string): string => `dist/${name}`;

/** Compressed here, once, so that whoever adds policies to it writes the same bytes on every machine. */
const zipOf = async ({ name, folder }: Bundle): Promise<Uint8Array> => {
  const files = await readdir(folder);
  const entries = files.map(async (file) =>
    deflated(`${folderOf(name)}/${file}`, await readFile(join(folder, file))),
  );
  return writeZip(await Promise.all(entries));
};

const versionOf = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
};

/** Packages the stack and makes its template one for every deployment. */
export const generalTemplate = (env: NodeJS.ProcessEnv): StackTemplate =>
  generalize(JSON.parse(packagedTemplate(GENERAL_ARGUMENTS, env)) as StackTemplate);

/** Builds what a deployment is put together from into a folder: an archive of each function, and a template. Both need policies and parameters. */
export const buildParts = async (outdir: string, template: StackTemplate): Promise<readonly Bundle[]> => {
  await mkdir(outdir, { recursive: true });
  const bundled = join(outdir, 'bundled');
  const bundles = await bundleFunctions({ names: FUNCTION_NAMES, outdir: bundled });
  for (const bundle of bundles) await writeFile(join(outdir, `${bundle.name}.zip`), await zipOf(bundle));
  await rm(bundled, { recursive: true });
  const functions = bundles.map((bundle) => ({ name: bundle.name, hasPolicies: actsByPolicies(bundle) }));
  const content: PartsContent = { version: await versionOf(), functions };
  await writeFile(join(outdir, PARTS_FILE), `${JSON.stringify(content)}\n`);
  await writeFile(join(outdir, TEMPLATE_FILE), `${JSON.stringify(template)}\n`);
  await writeFile(join(outdir, DESTINATION_FILE), destinationText(ROOT));
  return bundles;
};
