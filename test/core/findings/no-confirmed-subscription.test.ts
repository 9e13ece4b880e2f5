import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { anObservation } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    facets: [...anObservation().facets, 'subscriptions'],
    topic: { confirmed: 0, pending: 1 },
  });

const seeing = (...given: Parameters<typeof seen>): string =>
  textOf('no-confirmed-subscription', seen(...given));

describeHere(import.meta, 'no-confirmed-subscription', () => {
  it('reads so where nobody was asked, and where one or two were', () => {
    const facets = ['tags', 'details', 'table-names', 'recovery-points', 'pitr', 'memory'] as const;
    const pending = (count: number) =>
      seeing({ facets: [...facets, 'subscriptions'], topic: { confirmed: 0, pending: count } });
    expect(pending(0) + pending(1) + pending(2)).toMatchInlineSnapshot(`
      "
      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; nobody was asked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor

      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; 1 subscription waits for the link in a mail to be clicked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor

      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; 2 subscriptions wait for the link in a mail to be clicked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor
      "
    `);
  });
});
