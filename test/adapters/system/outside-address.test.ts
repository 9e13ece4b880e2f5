import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { slackAddress } from '../../../shared/adapters/channels/slack.ts';
import { heartbeatAddress, heartbeatUrl } from '../../../shared/adapters/heartbeat/heartbeat-services.ts';
import { readOutsideAddress } from '../../../shared/adapters/system/outside-address.ts';

afterEach(() => vi.unstubAllEnvs());

/** As a deployed function reads it, whose environment has no such variable. */
const faultOf = (text: string): string | undefined => {
  vi.stubEnv('TABLEKEEPER_LOCAL_ADDRESSES', undefined);
  const reading = readOutsideAddress(text, 'to-send');
  return 'fault' in reading ? reading.fault : undefined;
};

const LOCAL = [
  'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
  'https://127.0.0.1/x',
  'http://localhost:9001/x',
  'https://localhost/x',
  'https://LOCALHOST./x',
  'https://sub.localhost/x',
  'http://127.1/x',
  'http://0x7f.1/x',
  'http://0x7f000001/x',
  'http://2130706433/x',
  'http://0177.0.0.1/x',
  'http://①②⑦.0.0.1/x',
  'http://127.0.0.1./x',
  'https://127.255.255.254/x',
  'https://0.0.0.0/x',
  'https://0/x',
  'https://10.1.2.3/x',
  'https://100.64.0.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://169.254.100.1/x',
  'https://172.16.0.1/x',
  'https://172.31.255.255/x',
  'https://192.168.1.1/x',
  'https://224.0.0.1/x',
  'https://255.255.255.255/x',
  'https://[::1]/x',
  'https://[0:0:0:0:0:0:0:1]/x',
  'https://[::]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://[::ffff:7f00:1]/x',
  'https://[::7f00:1]/x',
  'https://[64:ff9b::7f00:1]/x',
  'https://[2002:7f00:1::]/x',
  'https://[fd00::1]/x',
  'https://[fe80::1]/x',
  'https://[febf::1]/x',
  'https://[ff02::1]/x',
  'https://sandbox/x',
  'https://sandbox.localdomain:8443/x',
  'https://printer.local/x',
  'https://metadata.google.internal/x',
  'https://ip-10-0-0-1.eu-west-1.compute.internal/x',
  'https://hooks.example.com/2018-06-01/runtime/invocation/next',
  'https://hooks.example.com/2020-01-01/extension/register',
];

describe('an address that leads to no place on the internet', () => {
  it.each(LOCAL)('is refused: %s', (text) => {
    expect(faultOf(text)).toBe('local');
  });

  it.each([
    { text: 'http://hc-ping.com/uuid', fault: 'not-https' },
    { text: 'https://user@hc-ping.com/uuid', fault: 'with-user' },
    { text: 'https://hooks.slack.com@127.0.0.1/services/T0/B0/X', fault: 'with-user' },
    { text: 'https://hooks.slack.com:443@127.0.0.1:9001/x', fault: 'with-user' },
    { text: 'https://:secret@hc-ping.com/uuid', fault: 'with-user' },
    { text: 'ftp://hc-ping.com/uuid', fault: 'no-address' },
    { text: 'file:///etc/passwd', fault: 'no-address' },
    { text: 'data:text/plain,x', fault: 'no-address' },
    { text: 'hc-ping.com/uuid', fault: 'no-address' },
    { text: '', fault: 'no-address' },
  ])('nor is $text taken: $fault', ({ text, fault }) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    'https://hooks.slack.com/services/T0/B0/X',
    'https://hc-ping.com/uuid',
    'https://HC-PING.com./uuid',
    'https://chat.example.com:8443/hooks/abc?token=1',
    'https://172.15.0.1/x',
    'https://172.32.0.1/x',
    'https://11.0.0.1/x',
    'https://localhost.example.com/x',
    'https://my-internal.example.com/x',
    'https://[2606:4700::1111]/x',
    ' https://hc-ping.com/uuid\n',
  ])('while this one is: %s', (text) => {
    expect(faultOf(text)).toBeUndefined();
  });
});

describe('no deployment', () => {
  const files = ['serverless.yml', ...readdirSync('stack').map((name) => `stack/${name}`)];
  it.each(files)('lets its functions send to their own machine: %s', (file) => {
    expect(readFileSync(file, 'utf8')).not.toContain('TABLEKEEPER_LOCAL_ADDRESSES');
  });
});

describe('one place decides for those who send and for the doctor', () => {
  it.each(LOCAL)('%s is no check and no webhook, and what says so does not repeat it', (text) => {
    vi.stubEnv('TABLEKEEPER_LOCAL_ADDRESSES', undefined);
    const asks = [
      () => heartbeatUrl(text, '/beat', 'success'),
      () => heartbeatAddress(text, '/beat', 'to-check'),
      () => slackAddress(text, '/slack', 'to-send'),
      () => slackAddress(text, '/slack', 'to-check'),
    ];
    for (const ask of asks) {
      expect(ask).toThrow('leads to this machine, its network or the API of Lambda itself');
      expect(ask).not.toThrow(text);
    }
  });

  it.each([
    { name: 'starts a workflow', address: 'https://hooks.slack.com/triggers/T0/1/X', says: 'workflow' },
    {
      name: 'started one, in the older form',
      address: 'https://hooks.slack.com/workflows/T0/A0/1/X',
      says: 'workflow',
    },
    { name: 'has a slip in its host', address: 'https://hooks.slak.com/services/T0/B0/X', says: 'nearly' },
    { name: 'lacks a part', address: 'https://hooks.slack.com/services/T0/B0', says: 'nearly' },
  ])('a webhook that $name is refused alike', ({ address, says }) => {
    for (const asking of ['to-send', 'to-check'] as const)
      expect(() => slackAddress(address, '/slack', asking)).toThrow(says);
  });

  it('on one machine a function may be told to send to it, and the doctor says what a deployed one would', () => {
    vi.stubEnv('TABLEKEEPER_LOCAL_ADDRESSES', 'allowed');
    const text = 'http://127.0.0.1:8080/hooks/1';
    expect(slackAddress(text, '/slack', 'to-send').url.href).toBe(text);
    expect(() => slackAddress(text, '/slack', 'to-check')).toThrow('leads to this machine');
    const runtime = 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next';
    expect(() => slackAddress(runtime, '/slack', 'to-send')).toThrow('leads to this machine');
  });

  it.each([
    { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    { LAMBDA_TASK_ROOT: '/var/task' },
    { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', LAMBDA_TASK_ROOT: '/var/task' },
  ])('in Lambda nobody can tell it so: %o', (lambda) => {
    vi.stubEnv('TABLEKEEPER_LOCAL_ADDRESSES', 'allowed');
    for (const [name, value] of Object.entries(lambda)) vi.stubEnv(name, value);
    for (const asking of ['to-send', 'to-check'] as const)
      expect(() => slackAddress('http://127.0.0.1:8080/hooks/1', '/slack', asking)).toThrow(
        'leads to this machine',
      );
    expect(() => heartbeatUrl('http://127.0.0.1:8080/x', '/beat', 'success')).toThrow(
      'leads to this machine',
    );
  });
});
