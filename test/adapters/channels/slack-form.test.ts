import { describe, expect, it } from 'vitest';
import { webhookForm } from '../../../shared/adapters/channels/slack.ts';

describe('an address', () => {
  it.each([
    { address: 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX', is: 'slack' },
    { address: 'https://hooks.slack-gov.com/services/T0/B0/X', is: 'slack' },
    { address: 'https://hooks.slack.com/workflows/T0/A0/1/X', is: 'workflow' },
    { address: 'https://hooks.slack.com/triggers/T0/1/X', is: 'workflow' },
    { address: 'https://hooks.slack-gov.com/triggers/T0/1/X', is: 'workflow' },
    { address: 'https://hooks.slack.com/', is: 'mistyped' },
    { address: 'https://hooks.slack.com/services/T0/B0', is: 'mistyped' },
    { address: 'https://hooks.slack.com/service/T0/B0/X', is: 'mistyped' },
    { address: 'https://hooks.slack.com/services/T0/B0/X%22', is: 'mistyped' },
    { address: 'https://hook.slack.com/services/T0/B0/X', is: 'mistyped' },
    { address: 'https://hooks.slak.com/services/T0/B0/X', is: 'mistyped' },
    { address: 'https://hooks.slack.co/services/T0/X', is: 'mistyped' },
    { address: 'https://slack-relay.example.com/alerts', is: 'other' },
    { address: 'https://prod.example.com/workflows/a/triggers/b', is: 'other' },
    { address: 'https://slack.com/api/chat.postMessage', is: 'mistyped' },
    { address: 'https://chat.example.com/hooks/abc', is: 'other' },
    { address: 'https://discord.com/api/webhooks/1/x/slack', is: 'other' },
    { address: 'http://127.0.0.1:8080/services/T0/B0/X', is: 'other' },
  ])('$address is $is', ({ address, is }) => {
    expect(webhookForm(new URL(address))).toBe(is);
  });
});
