import type { SimAccount } from './account.ts';

/** Makes the account a member of an organization. */
export const joinOrganization = ({ state }: SimAccount): void => {
  state.organization.isMember = true;
};

/** Puts a tag policy in force in the account, as the document that all policies above it come to; undefined takes it away. */
export const setTagPolicy = (account: SimAccount, document: object | string | undefined): void => {
  joinOrganization(account);
  const { policies } = account.state.organization;
  if (document === undefined) {
    policies.delete('TAG_POLICY');
    return;
  }
  const content = typeof document === 'string' ? document : JSON.stringify(document);
  policies.set('TAG_POLICY', { content, changedAt: account.clock.now() });
};
