/** Time, host, pod and container that the records of structured logs carry beside the printed line. */
import type { DocumentContext } from '../model/document.ts';
import { byteString } from './lines.ts';
import type { StageText } from './sample.ts';

const iso = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
const timeKey = /(?:"(?:time|ts|timestamp|@timestamp|datetime|Time)"\s*:\s*"?|\b(?:time|ts|timestamp)="?)(?=\d)/;
const epoch = /^\d{10}(?:\.\d{1,9})?(?!\d)|^\d{13}(?!\d)/;
const names: readonly [keyof DocumentContext, RegExp][] = [
  ['host', /(?:"(?:host|hostname|_HOSTNAME|node_name|nodeName)"\s*:\s*"|\bhost(?:name)?="?)([\w.:-]{1,255})/],
  ['pod', /(?:"(?:pod|pod_name|podName)"\s*:\s*"|\bpod(?:_name)?="?)([\w.-]{1,253})/],
  [
    'container',
    /(?:"(?:container|container_name|containerName|CONTAINER_NAME)"\s*:\s*"|\bcontainer(?:_name)?="?)([\w.\/-]{1,253})/,
  ],
];
/** Records looked at from either end. */
const records = 8;
const columns = 4096;
const tailBytes = 16_384;

/** What the first and last records among `isRecord` lines tell. */
export function recordContext({ bytes, windows }: StageText, isRecord: (line: string) => boolean): DocumentContext | undefined {
  const heads = windows.flatMap(({ lines }) => lines.filter(isRecord).slice(0, records));
  const tails = byteString(bytes, Math.max(0, bytes.length - tailBytes), bytes.length)
    .split('\n')
    .filter(isRecord)
    .reverse()
    .slice(0, records);
  const context: DocumentContext = {};
  for (const [key, pattern] of names) {
    for (const line of heads) {
      const value = pattern.exec(partOf(line))?.[1];
      if (value === undefined) continue;
      context[key] = value;
      break;
    }
  }
  const first = firstTime(heads);
  const last = firstTime(tails) ?? first;
  if (first !== undefined && last !== undefined) Object.assign(context, { first, last });
  return Object.keys(context).length === 0 ? undefined : context;
}

/** Both ends of a record: a long stack may stand between its fields. */
function partOf(line: string): string {
  return line.length <= columns ? line : `${line.slice(0, columns / 2)} ${line.slice(-columns / 2)}`;
}

function firstTime(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const part = partOf(line);
    const match = timeKey.exec(part);
    if (match === null) continue;
    const rest = part.slice(match.index + match[0].length, match.index + match[0].length + 64);
    const printed = iso.exec(rest);
    if (printed?.index === 0) return printed[0].replace(' ', 'T').replace(',', '.');
    const since = epoch.exec(rest)?.[0];
    if (since !== undefined) return new Date(since.length === 13 ? Number(since) : Number(since) * 1000).toISOString();
  }
  return undefined;
}
