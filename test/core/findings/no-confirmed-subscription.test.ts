import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { anObservation } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    facets: [...anObservation().facets, 'subscriptions'],
    topic: { confirmed: 0, pending: 1 },
  });

describeHere(import.meta, 'no-confirmed-subscription', () => {
  it('reads so', () => {
    expect(textOf('no-confirmed-subscription', example())).toMatchInlineSnapshot(`
      "
      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; 1 subscription waits for the link in a mail to be clicked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor
      "
    `);
  });
});
