import { forEachLine } from '../lines.ts';
import { prefixForms } from '../prefixes.ts';
import { isHeader } from '../shapes.ts';
import type { Layer } from './layer.ts';

const columns = 1024;
const forms = prefixForms.filter(({ name }) => name === 'go-log' || name === 'klog' || name === 'time');
const level = /^(?:\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|PANIC|CRITICAL)\]?:?[ \t]+)/;

/** `log.Printf("%s", debug.Stack())`: only the first line of the stack has the logger's prefix. */
export const logHead: Layer = {
  name: 'log-head',
  detect({ bytes, windows }) {
    if (!windows.some(({ lines }) => lines.some((line) => headLength(line) > 0))) return undefined;
    return {
      remove(out) {
        forEachLine(bytes, columns, (line, start, end) => {
          out.copy(start + headLength(line), end < bytes.length ? end + 1 : end);
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
