import { expect, it } from 'vitest';
import { describeHere, type Example, preflighted, textOf } from '../../support/kind-example.ts';
import { JOB_ROLE } from '../../support/vault-facts.ts';

export const example = (): Example => preflighted({ jobRole: { arn: JOB_ROLE, seen: { kind: 'missing' } } });

describeHere(import.meta, 'vault-role-unusable', () => {
  it('reads so', () => {
    expect(textOf('vault-role-unusable', example())).toMatchInlineSnapshot(`
      "
      critical vault-role-unusable/arn:aws:iam::111122223333:role/tablekeeper-prod-eu-central-1-vault/trust
        There is no role arn:aws:iam::111122223333:role/tablekeeper-prod-eu-central-1-vault, which jobs of AWS Backup have to have: none begins, and what was made with it does not expire.
        no such role (a role that AWS Backup takes on) since 2026-11-23T05:00:00Z
        Make it again under its name, or deploy with vault or vaultRoleArn where none was deployed yet. AWS Backup deletes each recovery point with the role that made it, so give the same role back and no other.
          npm run deploy
      "
    `);
  });
});
