import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../sim/slack/limits.ts';

const mrkdwn = (chars: number) => ({ type: 'mrkdwn', text: 'x'.repeat(chars) });
const section = (chars: number) => ({ type: 'section', text: mrkdwn(chars) });
const header = (chars: number, type = 'plain_text') => ({
  type: 'header',
  text: { type, text: 'x'.repeat(chars) },
});
const context = (count: number) => ({ type: 'context', elements: Array(count).fill(mrkdwn(1)) });
const fields = (count: number, chars: number) => ({
  type: 'section',
  fields: Array(count).fill(mrkdwn(chars)),
});
const withBlocks = (...blocks: readonly unknown[]) => ({ text: 'x', blocks });
const many = (count: number, block: unknown = section(1)): readonly unknown[] => Array(count).fill(block);
const beside = (...blocks: readonly unknown[]) => ({ color: '#fff', blocks });

describe('Slack takes', () => {
  it.each([
    { name: 'text alone', payload: { text: 'hello' } },
    { name: '50 blocks', payload: withBlocks(...many(50)) },
    {
      name: '50 blocks, some of them in attachments',
      payload: { blocks: many(20), attachments: [beside(...many(30))] },
    },
    { name: '3,000 characters in a section', payload: withBlocks(section(3_000)) },
    { name: '150 characters in a header', payload: withBlocks(header(150)) },
    { name: 'ten elements in a context', payload: withBlocks(context(10)) },
    { name: 'ten fields', payload: withBlocks(fields(10, 1_000)) },
    { name: '2,000 characters in a field', payload: withBlocks(fields(1, 2_000)) },
    {
      name: 'attachments without blocks',
      payload: { text: 'x', attachments: [{ color: '#fff', text: 'y' }] },
    },
  ])('$name', ({ payload }) => {
    expect(refusalOf(payload)).toBeUndefined();
  });
});

describe('Slack refuses', () => {
  it.each([
    { name: 'nothing', payload: {}, word: 'no_text' },
    { name: 'blanks', payload: { text: ' ' }, word: 'no_text' },
    { name: 'what is not an object', payload: ['x'], word: 'invalid_payload' },
    { name: 'what was no JSON', payload: undefined, word: 'invalid_payload' },
    { name: '51 blocks', payload: withBlocks(...many(51)), word: 'invalid_blocks' },
    {
      name: '51 blocks, some of them in attachments',
      payload: { blocks: many(20), attachments: [beside(...many(31))] },
      word: 'invalid_blocks',
    },
    { name: '3,001 characters in a section', payload: withBlocks(section(3_001)), word: 'invalid_blocks' },
    { name: 'an empty section', payload: withBlocks(section(0)), word: 'invalid_blocks' },
    { name: 'a section of nothing', payload: withBlocks({ type: 'section' }), word: 'invalid_blocks' },
    { name: '151 characters in a header', payload: withBlocks(header(151)), word: 'invalid_blocks' },
    { name: 'markup in a header', payload: withBlocks(header(1, 'mrkdwn')), word: 'invalid_blocks' },
    { name: 'eleven elements in a context', payload: withBlocks(context(11)), word: 'invalid_blocks' },
    { name: 'eleven fields', payload: withBlocks(fields(11, 1)), word: 'invalid_blocks' },
    { name: '2,001 characters in a field', payload: withBlocks(fields(1, 2_001)), word: 'invalid_blocks' },
    { name: 'a block it does not know', payload: withBlocks({ type: 'poem' }), word: 'invalid_blocks' },
    { name: 'blocks that are no list', payload: { text: 'x', blocks: 'x' }, word: 'invalid_blocks' },
    {
      name: 'too much in all blocks together',
      payload: withBlocks(...many(4, section(3_000))),
      word: 'msg_blocks_too_long',
    },
    {
      name: '101 attachments',
      payload: { text: 'x', attachments: many(101, {}) },
      word: 'too_many_attachments',
    },
  ])('$name', ({ payload, word }) => {
    expect(refusalOf(payload)).toBe(word);
  });
});
