/** Memory of the report: what is known of the address space, without the words themselves. */
import { formatAddress, toAddress } from '../model/address.ts';
import type * as contract from './contract.ts';
import { lineOf, type ReportContext } from './facts.ts';
import { lineNumber } from './lines.ts';

type ReportMemory = contract.Report['memory'];

/** Runs of adjacent words, each with the document and lines it was read from. */
function rangesOf(context: ReportContext): ReportMemory['ranges'] {
  const { memory } = context.chosen.snapshot;
  const step = BigInt(memory.wordSize);
  const ranges: ReportMemory['ranges'] = [];
  let at = 0;
  while (at < memory.addresses.length) {
    const start = memory.addresses[at] ?? 0n;
    const document = memory.sourceDocument[at] ?? 0;
    let end = start + step;
    let firstLine = Infinity;
    let lastLine = 0;
    for (; at < memory.addresses.length; at++) {
      const address = memory.addresses[at] ?? 0n;
      if (address !== end - step && address !== end) break;
      if ((memory.sourceDocument[at] ?? 0) !== document) break;
      end = address + step;
      const line = lineNumber(context.documents, { document, start: memory.sourceStart[at] ?? 0, end: 0 }) ?? 0;
      firstLine = Math.min(firstLine, line);
      lastLine = Math.max(lastLine, line);
    }
    const name = context.documents[document]?.name ?? '';
    const source = firstLine === lastLine ? `${name}:${firstLine}` : `${name}:${firstLine}-${lastLine}`;
    ranges.push({ start: formatAddress(start), end: formatAddress(end), source });
  }
  return ranges;
}

export function reportMemory(context: ReportContext): ReportMemory {
  const { memory } = context.chosen.snapshot;
  const result: ReportMemory = { words: memory.addresses.length, ranges: rangesOf(context) };
  if (memory.conflicts.length > 0) {
    result.conflicts = memory.conflicts.map(({ address, words }) => ({
      at: formatAddress(address),
      values: words.map(({ value }) => formatAddress(toAddress(value))),
      lines: words.map(({ source }) => lineNumber(context.documents, source) ?? 0),
    }));
  }
  return result;
}

export function reportMappings(context: ReportContext): contract.Report['mappings'] {
  return context.chosen.snapshot.mappings.map((mapping) => ({
    start: formatAddress(mapping.start),
    end: formatAddress(mapping.end),
    ...(mapping.permissions !== undefined && { permissions: mapping.permissions }),
    ...(mapping.file !== undefined && { file: mapping.file }),
    ...lineOf(context, mapping.source),
  }));
}

export function reportSpans(context: ReportContext): contract.Report['spans'] {
  return context.chosen.snapshot.spans.map((span) => ({
    base: formatAddress(span.base),
    ...(span.limit !== undefined && { limit: formatAddress(span.limit) }),
    ...(span.state !== undefined && { state: span.state }),
    ...(span.elementSize !== undefined && { elementSize: span.elementSize }),
    ...lineOf(context, span.source),
  }));
}
