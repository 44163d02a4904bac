/** Lines that GEF and pwndbg print for people: headings of a context, notices, the canary. */
import { markRecognised, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';

const forms: readonly RegExp[] = [
  /^─{2,}(?: .{1,80} ─{2,})?─*(?: .{0,80})?$/,
  /^\[[*+!#x-]\] \S/,
  /^(?:GEF for linux ready|\d{1,5} commands loaded for GDB |pwndbg: loaded \d|pwndbg: created )/,
  /^(?:AT_RANDOM|Canary)[ \t]+= 0x[0-9a-f]{1,16}/,
  /^\[#\d{1,4}\] (?:Id \d|0x[0-9a-f]{1,16} → )/,
];

export const contextEchoReader: TextReader = {
  name: 'context echo',
  begins: '\u00e2[0123456789',
  opens: ['GE', 'pw', 'AT', 'Ca'],
  accepts: ({ digits, behind }) => digits === 0 || behind === 32 || behind === 0,
  recognise(cursor, index) {
    const line = lineText(cursor, index).trim();
    return forms.some((form) => form.test(line));
  },
  parse(_cursor, index, sink) {
    markRecognised(sink, index, 1);
    return 1;
  },
};
