/** Prefixes that log systems put before every line: one anchored expression each, over byte strings. */
import type { DocumentContext } from '../model/document.ts';
import { byteOrderMark } from './lines.ts';

export interface PrefixForm {
  name: string;
  /** Anchored at the line's start; matches exactly what is to be taken off. */
  pattern: RegExp;
  context?(match: RegExpExecArray): DocumentContext;
}

const iso = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;

const form = (name: string, source: string, context?: PrefixForm['context']): PrefixForm =>
  context === undefined ? { name, pattern: new RegExp(`^${source}`) } : { name, pattern: new RegExp(`^${source}`), context };

/** More telling forms first: a form that only takes the front of another stands after it. */
export const prefixForms: readonly PrefixForm[] = [
  // `P` marks a partial line of the container runtime interface; the layer joins it to the next.
  form('cri', String.raw`(?<time>${iso}) (?:stdout|stderr) (?<partial>[FP])(?: |$)`),
  form('kubectl', String.raw`\[pod\/(?<pod>[^\]\/]{1,253})\/(?<container>[^\]]{1,253})\](?: |$)`, ({ groups }) => ({
    ...(groups?.['pod'] === undefined ? {} : { pod: groups['pod'] }),
    ...(groups?.['container'] === undefined ? {} : { container: groups['container'] }),
  })),
  // RFC 5424: priority, version, time, host, application, process, message id, structured data.
  form(
    'syslog-5424',
    String.raw`<\d{1,3}>\d{1,2} (?<time>${iso}) (?<host>\S{1,255}) \S{1,48} \S{1,128} \S{1,32} (?:-|(?:\[[^\]]{1,400}\])+)(?: |$)(?:\ufeff|\u00ef\u00bb\u00bf)?`,
    ({ groups }) => (groups?.['host'] === undefined ? {} : { host: groups['host'] }),
  ),
  // gh run view --log: job, step, time.
  form('actions', String.raw`[^\t]{1,120}\t[^\t]{1,160}\t(?:\u00ef\u00bb\u00bf)?(?<time>${iso})(?: |$)`),
  // aws logs tail: time, stream.
  form('cloudwatch', String.raw`(?<time>${iso}) (?<container>[\w.$-]{1,128}\/[^\s]{1,255})(?: |$)`, ({ groups }) =>
    groups?.['container'] === undefined ? {} : { container: groups['container'] },
  ),
  // fluentd's and Fluent Bit's plain output: time, tag, and the record as JSON.
  form('fluentd', String.raw`(?<time>${iso})(?: [+-]\d{4})? (?<container>[\w./*-]{1,253}): (?=\{[ ]?")`, ({ groups }) =>
    groups?.['container'] === undefined ? {} : { container: groups['container'] },
  ),
  form(
    'syslog',
    String.raw`(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d(?:\.\d{1,6})?|${iso}) (?<host>[\w.:-]{1,255}) [^\s:[]{1,128}(?:\[\d{1,10}\])?:(?: |$)`,
    ({ groups }) => (groups?.['host'] === undefined ? {} : { host: groups['host'] }),
  ),
  form('compose', String.raw`(?<container>[A-Za-z0-9][\w.-]{0,127}) *\|(?: |$)`, ({ groups }) =>
    groups?.['container'] === undefined ? {} : { container: groups['container'] },
  ),
  form('go-log', String.raw`(?<time>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: [^\s:]{1,255}\.go:\d{1,7}:)?(?: |$)`),
  form('klog', String.raw`[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d{1,10} [^\s:\]]{1,255}:\d{1,7}\](?: |$)`),
  form('logcat-threadtime', String.raw`\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +\d{1,10} +\d{1,10} [VDIWEF] [^:]{1,64}:(?: |$)`),
  form('logcat', String.raw`[VDIWEF]\/[^\s(]{1,64} *\( *\d{1,10}\):(?: |$)`),
  form('build-log', String.raw`(?:\[ *\d{1,9}(?:\.\d{1,9})?s?\]|#\d{1,5} \d{1,9}\.\d{1,9})(?: |$)`),
  // cat -n, nl.
  form('line-number', String.raw` {0,6}\d{1,7}\t`),
  // less -N.
  form('line-number', String.raw`(?= {0,6}\d{1,7} )[ \d]{7} `),
  form('milliseconds', String.raw`(?<milliseconds>1[4-9]\d{11})(?:[ \t]|$)`),
  form('time', String.raw`\[?(?<time>${iso})\]?(?:[ \t]|$)`),
];

const digits = /\d+/g;
/** Of a file that had been given a prefix before it was indented or quoted. */
const mark = `(?:${byteOrderMark})?`;

/** The expression of a line's front in which numbers change and everything else stays. */
export function templateOf(front: string): RegExp {
  const source = front
    .trimEnd()
    .replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replace(digits, '\\d+')
    .replace(/[ \t]+/g, `$&${mark}`);
  const tail = front.length - front.trimEnd().length;
  const blanks = `[ \\t]{0,${tail}}`;
  return new RegExp(`^${source}(?:[ \\t]{${tail}}|${blanks}${byteOrderMark}${blanks}|${blanks}$)`);
}
