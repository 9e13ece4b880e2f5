import { expect, it } from 'vitest';
import { givenValues } from '../../../cli/package/given.ts';
import { beginSession } from '../../../cli/session.ts';
import { aFile, aTerminal } from '../typed.ts';

const STAGES = 'prod: { alertEmail: prod@example.com }\ndev: { alertEmail: dev@example.com }\n';

it.each([
  { typed: { instance: 'prod' }, param: [], is: 'prod' },
  { typed: { instance: 'dev' }, param: [], is: 'dev' },
  { typed: { instance: 'prod' }, param: ['instance=dev'], is: 'dev' },
  { typed: { instance: 'dev' }, param: ['instance=dev'], is: 'dev' },
])('the instance chooses the stage and the folder: $typed.instance, $param', async ({ typed, param, is }) => {
  const options = { policies: 'policies.yml', color: false, ...typed };
  const session = { ...beginSession(options, aTerminal()), sources: new Map() };
  const given = await givenValues(session, { param, parameters: aFile(STAGES, 'parameters.yml') });
  expect(Object.fromEntries(given)).toEqual({
    instance: is,
    alertEmail: `${is}@example.com`,
    codePrefix: `tablekeeper/${is}/`,
  });
});
