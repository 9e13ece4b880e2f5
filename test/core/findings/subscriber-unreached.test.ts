import { expect, it } from 'vitest';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { anObservation } from '../../support/world.ts';

export const example = (): Example =>
  seen(
    {
      facets: [...anObservation().facets, 'subscriptions'],
      topic: { confirmed: 1, pending: 0, subscribers: [] },
    },
    {
      memory: {
        pitrBaselines: [],
        subscribers: [{ protocol: 'email', endpoint: 'ops@example.com', wasConfirmed: true }],
      },
    },
  );

describeHere(import.meta, 'subscriber-unreached', () => {
  it('reads so', () => {
    expect(textOf('subscriber-unreached', example())).toMatchInlineSnapshot(`
      "
      warning subscriber-unreached/cn8yhe
        ops@example.com (email) is no longer subscribed to the alert topic: somebody, or a program that follows the links in mails, ended the subscription, and receives no alerts.
        not subscribed (subscribed and confirmed) since 2026-11-23T05:00:00Z
        If it is meant to receive alerts, subscribe it again. Confirm by the token in the link of the mail and not by a click: then nobody can end the subscription without signing in. If it is meant to be gone, do nothing: this ends after thirty days.
          tablekeeper doctor
      "
    `);
  });
});
