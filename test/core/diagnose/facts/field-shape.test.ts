import { describe, expect, it } from 'vitest';
import { fieldShape } from '../../../../src/core/diagnose/facts/field-shape.ts';
import { toAddress } from '../../../../src/core/model/address.ts';
import type { ObjectDump } from '../../../../src/core/model/memory.ts';
import { makeSnapshot } from '../../../support/snapshot.ts';

const source = { document: 0, start: 0, end: 0 };

function object(values: readonly bigint[], elementSize = 80): ObjectDump {
  return {
    label: 'object',
    base: toAddress(0x3_0000_1000n),
    span: { base: toAddress(0x3_0000_0000n), elementSize, source },
    words: values.map((value, index) => ({ offset: index * 8, value, marked: index === 1, source })),
    source,
  };
}

const { snapshot } = makeSnapshot({});

describe('the field of an object', () => {
  it('is the start of a slice where a length and a capacity follow', () => {
    expect(fieldShape(snapshot, object([1n, 0x3_0000_9000n, 5n, 8n]), 8n).join()).toContain(
      '5 and 8, are a length and a capacity',
    );
  });

  it('may be a string where only a length follows', () => {
    expect(fieldShape(snapshot, object([1n, 0x3_0000_9000n, 12n, 0x3_0000_9040n]), 8n).join()).toContain('12, is a length');
  });

  it('stays open where nothing or a pointer follows', () => {
    expect(fieldShape(snapshot, object([1n, 0x3_0000_9000n, 0n, 8n]), 8n)).toEqual([]);
    expect(fieldShape(snapshot, object([1n, 0x3_0000_9000n, 0x3_0000_9040n]), 8n)).toEqual([]);
    expect(fieldShape(snapshot, object([1n, 0x3_0000_9000n]), 8n)).toEqual([]);
  });

  it('names the types that have a pointer there and fit', () => {
    const layout = (type: string, size: number, offset: number, fieldType: string) => ({
      type,
      size,
      fields: [{ name: 'next', type: fieldType, offset, source }],
      source,
    });
    const withTypes = {
      ...snapshot,
      layouts: [
        layout('app.node', 64, 8, '*app.node'),
        layout('app.large', 256, 8, '*app.large'),
        layout('app.count', 64, 8, 'int'),
        layout('app.other', 64, 16, '*int'),
      ],
    };
    expect(fieldShape(withTypes, object([1n, 0x3_0000_9000n, 0n]), 8n)).toEqual([
      'Of the types in the case, `app.node` (field `next`) has a pointer at this offset.',
    ]);
  });
});
