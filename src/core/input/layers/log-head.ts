import { forEachLine } from '../lines.ts';
import { prefixForms } from '../prefixes.ts';
import { isHeader } from '../shapes.ts';
import type { Layer } from './layer.ts';

const columns = 1024;
const forms = prefixForms.filter(({ name }) => name === 'go-log' || name === 'klog' || name === 'time');
const level = /^(?:\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|PANIC|CRITICAL)\]?:?[ \t]+)/;

/**
 * `log.Printf("%s", debug.Stack())`: only the first line of the stack has the logger's prefix. Words between them
 * (`[PANIC RECOVER] boom goroutine 34 [running]:`) become a line of their own.
 */
export const logHead: Layer = {
  name: 'log-head',
  detect({ bytes, windows }) {
    if (!windows.some(({ lines }) => lines.some((line) => headLength(line) > 0 || wordsLength(line) > 0))) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, columns, (line, start, end) => {
          const words = wordsLength(line);
          if (words > 0) {
            out.copy(start, start + words - 1);
            out.make('\n', start + words - 1, start + words);
          }
          out.copy(start + Math.max(words, headLength(line)), end < bytes.length ? end + 1 : end);
        });
      },
    };
  },
};

/** Length of the logger's prefix before a goroutine header; 0 when the line is nothing of the kind. */
function headLength(line: string): number {
  const at = line.indexOf('goroutine ');
  if (at <= 0 || at > 400 || !isHeader(line.slice(at))) return 0;
  const front = line.slice(0, at);
  for (const { pattern } of forms) {
    const length = pattern.exec(front)?.[0].length ?? 0;
    if (length > 0 && (length === at || level.exec(front.slice(length))?.[0].length === at - length)) return at;
  }
  return 0;
}

const running = /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[running(?:, locked to thread)?\]:[ \r]*$/;

/** Length of words and a blank before the header of the goroutine that printed its own stack; 0 = none. */
function wordsLength(line: string): number {
  const reason = reasonAt(line);
  if (reason > 0) return reason;
  const at = line.lastIndexOf(' goroutine ') + 1;
  // A printed value may hold such words itself.
  if (at <= 1 || at > 600 || /^(?:\s|panic: |fatal error: )/.test(line) || !running.test(line.slice(at)) || headLength(line) > 0)
    return 0;
  return line.slice(0, at).trim() === '' ? 0 : at;
}

/** What the runtime says first, in full: nobody else writes it. */
const reasons =
  /:[ \t]{1,16}(?=(?:panic: runtime error: |SIG[A-Z]{2,6}: [a-z ]{1,40}$|runtime: (?:bad pointer in frame \S+ at 0x[0-9a-f]+: 0x|pointer 0x[0-9a-f]+ to un|marked free object in span 0x|(?:g ?\d+: )?unexpected return pc for )|unexpected fault address 0x[0-9a-f]+$))/;
const longestWords = 400;
const front = /: +(?:runtime: |unexpected fault |panic: runtime error: |SIG)/;

/** `child died: runtime: bad pointer in frame …`: the length of the words before such a reason; 0 = none. */
function reasonAt(line: string): number {
  if (!front.test(line) || /^(?:\t|panic: |fatal error: |runtime: )/.test(line)) return 0;
  const match = reasons.exec(line);
  return match === null || match.index > longestWords ? 0 : match.index + match[0].length;
}
