import { describe, expect, it } from 'vitest';
import { neighboursDiagnoses, neighboursIn } from '../../../shared/core/doctor/neighbours.ts';

const stateTable = (instance: string, tags: Readonly<Record<string, string>>) => ({
  name: `tablekeeper-${instance}-state`,
  tags,
});

describe('the instances that act by the same tag', () => {
  it.each([
    { name: 'nobody else', tables: [stateTable('prod', { 'backup:policy': 'none' })], others: [] },
    {
      name: 'two others',
      tables: ['two', 'prod', 'dev'].map((instance) => stateTable(instance, { 'backup:policy': 'none' })),
      others: ['dev', 'two'],
    },
    { name: 'one with another key', tables: [stateTable('dev', { 'backup:dev': 'none' })], others: [] },
    {
      name: 'a table that opts out',
      tables: [{ name: 'orders', tags: { 'backup:policy': 'none' } }],
      others: [],
    },
    {
      name: 'a table that only sounds so',
      tables: [stateTable('dev', { 'backup:policy': 'standard' })],
      others: [],
    },
  ])('are told by their state tables: $name', ({ tables, others }) => {
    expect(neighboursIn(tables, 'backup:policy', 'prod')).toEqual(others);
  });

  it('are said with what comes of them', () => {
    expect(neighboursDiagnoses(['dev'], 'backup:policy')[0]).toMatchObject({
      status: 'advised',
      says: expect.stringContaining('the instance dev acts by the tag backup:policy as well'),
    });
    expect(neighboursDiagnoses(['dev', 'two'], 'backup:policy')[0]?.says).toContain('3 times');
    expect(neighboursDiagnoses([], 'backup:policy')).toEqual([]);
  });
});
