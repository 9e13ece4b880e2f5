import { describe, expect, it } from 'vitest';
import { secretCheck } from '../../../shared/adapters/channels/service.ts';
import { SERVICES } from '../../../shared/adapters/channels/services.ts';
import type { ChannelName } from '../../../shared/model/channel.ts';

// What stands in the parameters: the function and the doctor read it by the same code, and repeat none of it.

const checkOf = (name: ChannelName, text: string) =>
  secretCheck({ name: '/p', read: async () => text, forget: () => undefined }, SERVICES[name]).check();

const WORKFLOW =
  'https://default0123.4f.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc';
const LOGIC_APP =
  'https://prod-23.westeurope.logic.azure.com/workflows/0a1b/triggers/manual/paths/invoke?api-version=2016-06-01&sig=abc';
const KEY = 'R0123456789abcdef0123456789abcde';
const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('is right, and unusual in nothing', () => {
  it.each<readonly [ChannelName, string]>([
    ['teams', WORKFLOW],
    ['teams', ` ${LOGIC_APP}\n`],
    ['pagerduty', KEY],
    ['pagerduty', `${KEY}\n`],
    ['pagerduty', `https://events.pagerduty.com/v2/enqueue\n${KEY}`],
    ['pagerduty', `https://events.eu.pagerduty.com/v2/enqueue ${KEY}`],
    ['webhook', `https://alerts.example.com/in\n${SIGNING}`],
    ['webhook', `https://alerts.example.com/in\r\n${SIGNING}\r\n${SIGNING}\r\n`],
  ])('%s: %s', async (name, text) => {
    expect(await checkOf(name, text)).toBeUndefined();
  });
});

describe('may be meant, and is doubted', () => {
  it.each<readonly [ChannelName, string]>([
    ['teams', 'https://relay.example.com/teams'],
    ['pagerduty', `https://relay.example.com/v2/enqueue\n${KEY}`],
  ])('%s: %s', async (name, text) => {
    expect((await checkOf(name, text))?.what).toMatch(/^\/p holds /);
  });
});

describe('is a mistake that names the parameter, says why and repeats nothing', () => {
  it.each<readonly [ChannelName, string, string]>([
    ['teams', 'sEcReT', 'is not the address of a Teams workflow'],
    ['teams', 'http://prod-1.logic.azure.com/workflows/sEcReT', 'without encryption'],
    ['teams', 'https://127.0.0.1/workflows/sEcReT', 'leads to this machine'],
    ['teams', 'https://user:sEcReT@prod-1.logic.azure.com/', 'behind it is the true host'],
    [
      'teams',
      'https://contoso.webhook.office.com/webhookb2/sEcReT',
      'a connector, which Microsoft has ended',
    ],
    ['teams', 'https://outlook.office.com/webhook/sEcReT', 'a connector, which Microsoft has ended'],
    ['teams', WORKFLOW.replace('&sig=abc', '&sEcReT'), 'is a part of the address'],
    ['teams', LOGIC_APP.replace('/paths/invoke', '/sEcReT'), 'is a part of the address'],
    ['pagerduty', 'sEcReT', 'a key has 32 letters and digits'],
    ['pagerduty', `${KEY}0`, 'a key has 32 letters and digits'],
    ['pagerduty', `https://events.pagerduty.com/v2/change/enqueue\n${KEY}`, 'takes no events'],
    ['pagerduty', `http://events.pagerduty.com/v2/enqueue\n${KEY}`, 'without encryption'],
    [
      'pagerduty',
      `https://events.pagerduty.com/v2/enqueue\n${KEY}\nsEcReT`,
      'more than an address and a key',
    ],
    ['webhook', 'https://alerts.example.com/sEcReT', 'there is no key behind the address'],
    ['webhook', `sEcReT\n${SIGNING}`, 'its first line is no address'],
    ['webhook', `https://localhost/\n${SIGNING}`, 'leads to this machine'],
    ['webhook', 'https://alerts.example.com/\nsEcReT', 'whsec_ and 24 to 64'],
    ['webhook', 'https://alerts.example.com/\nwhsec_c2hvcnQ=', 'whsec_ and 24 to 64'],
  ])('%s: %s', async (name, text, says) => {
    const failure = await checkOf(name, text).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toContain(says);
    expect(String(failure)).toContain('/p');
    expect(String(failure)).not.toMatch(/sEcReT|R0123456789/);
  });
});
