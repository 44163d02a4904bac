/**
 * Reasons that stand behind other output on the same line: a shell prompt, a log prefix, the end of another message.
 * They count only when the crash goes on right below.
 */
import type { TextReader } from '../reader.ts';
import { crashFollows } from './follows.ts';
import { pushFatal } from './fatal.ts';
import { panicCategory, valueTypeOf } from './panic-categories.ts';
import { LineClass } from '../../model/line-class.ts';

const glued = /^.{1,200}?(fatal error: |panic: |(?=SIG[A-Z]{2,8}: [a-z]))(.*)$/;
const signalName = /^SIG[A-Z]{2,8}/;

export const gluedReasonReader: TextReader = {
  name: 'reason behind other output',
  holds: ['fatal error: ', 'panic', 'SIG'],

  recognise(cursor, index) {
    const line = cursor.line(index);
    // Most lines of a log end here: the expression looks at every column.
    if (!line.includes('fatal error: ') && !line.includes('panic: ') && !line.includes('SIG')) return false;
    return glued.test(line) && crashFollows(cursor, index);
  },

  parse(cursor, index, sink) {
    const match = glued.exec(cursor.line(index));
    if (match === null) return 0;
    const text = (match[2] ?? '').trim();
    const source = cursor.lineRange(index);
    sink.lineClass[index] = LineClass.recognised;
    if (match[1] === 'fatal error: ') pushFatal(cursor, index, sink, text, false);
    else if (match[1] === 'panic: ') {
      const type = valueTypeOf(text);
      const category = panicCategory(text);
      const valueType = type !== undefined && category === 'user-value' ? { valueType: type } : {};
      sink.facts.push({ kind: 'event', event: { kind: 'panic', category, text, ...valueType, source }, textLine: index });
    } else {
      const signal = { name: signalName.exec(text)?.[0] ?? '' };
      sink.facts.push({ kind: 'event', event: { kind: 'signal', category: 'signal', text, signal, source }, textLine: index });
    }
    return 1;
  },
};
