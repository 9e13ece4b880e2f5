import { UserError } from '../shared/model/errors.ts';
import { policiesToDeploy } from './policies-to-deploy.ts';
import type { Serverless, VariableRequest } from './serverless.ts';

/** A file that cannot be read or is wrong stops the build a moment later, with its place and what to write instead. */
const isToldByTheBuild = (error: unknown): boolean =>
  error instanceof UserError || (error instanceof Error && 'code' in error && error.code === 'ENOENT');

const policyTag = async (folder: string, given: string): Promise<string> => {
  try {
    return (await policiesToDeploy(folder, given)).tag;
  } catch (error) {
    if (isToldByTheBuild(error)) return 'unknown';
    throw error;
  }
};

/** What the source is asked; without other variables no parameter is known. */
type Question = Pick<VariableRequest, 'address'> & Partial<VariableRequest>;

/** Returns the source of the variable `${policies:tag}`: the key of the tag by which tables opt in, and the state table opts out. */
export const policiesSource = (
  { serviceDir }: Pick<Serverless, 'serviceDir'>,
  givenTag: (request: VariableRequest) => Promise<string> = async () => '',
) => ({
  resolve: async ({ address, resolveVariable }: Question) => {
    if (address !== 'tag') throw new Error(`\${policies:${address}} is not known: only \${policies:tag} is`);
    const given = resolveVariable === undefined ? '' : await givenTag({ address, resolveVariable });
    return { value: await policyTag(serviceDir, given) };
  },
});
