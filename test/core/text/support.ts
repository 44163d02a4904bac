/** Facts of a text read with all readers. */
import { readFileSync } from 'node:fs';
import { LineClass } from '../../../src/core/model/line-class.ts';
import type { TextFact } from '../../../src/core/model/record.ts';
import { frameAt, goroutineAt } from '../../../src/core/model/tables.ts';
import { read, type Reading } from './render.ts';

export function readFixture(name: string): Reading {
  return read(new Uint8Array(readFileSync(new URL(`../../fixtures/debugger/${name}`, import.meta.url))));
}

export function facts<Kind extends TextFact['kind']>(reading: Reading, kind: Kind): Extract<TextFact, { kind: Kind }>[] {
  return reading.records.facts.filter((fact): fact is Extract<TextFact, { kind: Kind }> => fact.kind === kind);
}

function viewOf(reading: Reading) {
  const { columns, document } = reading;
  return {
    strings: columns.strings.values,
    frames: columns.frames.table(),
    goroutines: columns.goroutines.table(),
    documents: [document],
  };
}

export function stackOf(reading: Reading, stack: number) {
  const fact = facts(reading, 'debugger-stack')[stack];
  if (fact === undefined) return [];
  const view = viewOf(reading);
  return Array.from({ length: fact.frameEnd - fact.frameStart }, (_, i) => frameAt(view, fact.frameStart + i));
}

export function goroutinesOf(reading: Reading) {
  const view = viewOf(reading);
  return facts(reading, 'goroutine').map((fact) => ({ ...goroutineAt(view, fact.row), listed: fact.listed }));
}

export function proseOf(reading: Reading): string[] {
  const lines = new TextDecoder().decode(reading.document.text.bytes).split('\n');
  return lines.filter((line, index) => line.trim() !== '' && reading.records.lineClass[index] === LineClass.prose);
}

export function wordsIn(reading: Reading): Map<bigint, bigint> {
  return new Map(facts(reading, 'words').flatMap((fact) => fact.words.map((word) => [word.address, word.value])));
}
