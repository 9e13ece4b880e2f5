import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { createBucket, objectText } from '../../sim/console/buckets.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { onBuiltFunctions } from '../support/built-functions.ts';
import { metricsWritten } from '../support/own-metrics.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate } from '../support/template.ts';

const BUCKET = 'pages';

const functions = onBuiltFunctions(
  '2026-11-23T03:01:00Z',
  (account) => {
    createBucket(account, BUCKET);
    const createdAt = account.clock.now() - 40 * DAY_MS;
    for (const name of ['Orders', 'Users'])
      createTable(account, { name, tags: { 'backup:policy': 'standard' }, pitr: true, createdAt });
    setPitr(account, 'Orders', { enabled: false });
  },
  { TABLEKEEPER_DASHBOARD: 'on', TABLEKEEPER_REPORT_BUCKET: BUCKET },
);

const resources = (parameters: Readonly<Record<string, string>>) =>
  resolvedResources(packageTemplate(), { accountId: '111122223333', region: 'us-east-1', parameters });

interface Widget {
  readonly properties: {
    readonly region: string;
    readonly metrics: readonly (readonly [space: string, name: string, ...dimensions: string[]])[];
  };
}

const shown = (): readonly string[] => {
  const body = String(resources({ Dashboard: 'on' }).AuditDashboard?.Properties.DashboardBody);
  const { widgets } = JSON.parse(body) as { readonly widgets: readonly Widget[] };
  return widgets
    .flatMap(({ properties }) => properties.metrics)
    .map(([space, name, ...dimensions]) => {
      const pairs = dimensions.flatMap((key, at) => (at % 2 === 0 ? [`${key}=${dimensions[at + 1]}`] : []));
      return [space, name, ...pairs.toSorted()].join(' ');
    })
    .toSorted();
};

describe('a deployment with a dashboard and a bucket', () => {
  it('shows what audits measure, no more and no less', async () => {
    const answer = await functions.sent('audit.json');
    expect(answer).toMatchObject({ failures: [] });
    expect(metricsWritten(functions.lines())).toEqual(shown());
    expect(answer).toMatchObject({
      gauges: { TablesUnprotected: 1, TablesAtRisk: 1, OldestUnprotectedHours: 0, DrillsFailing: 0 },
    });
  });

  it('has the page of the audit in the bucket', async () => {
    const page = await objectText(functions.account, BUCKET, 'tablekeeper/prod/us-east-1/report.html');
    expect(page?.includes('2 of 2 tables need attention.')).toBe(true);
    for (const part of ['default-src &#39;none&#39;', '.bar {', 'showAge()'])
      expect(page?.includes(part), part).toBe(true);
  });

  it('is there only where it is asked for', () => {
    expect(resources({}).AuditDashboard).toBeUndefined();
    expect(resources({}).AuditLambdaFunction?.Properties.Environment).toMatchObject({
      Variables: { TABLEKEEPER_DASHBOARD: '' },
    });
  });
});
