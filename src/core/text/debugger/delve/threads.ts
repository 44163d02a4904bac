/** `threads`: `* Thread 2563 at 0x4b74f4 ./main.go:28 main.(*store).reserve`. */
import { parseAddress } from '../../../model/address.ts';
import { withoutAbi } from '../../../model/function-name.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { pushListed } from '../thread-list.ts';

const row = /^[ \t]{0,16}(\* )?Thread (\d{1,10}) at (0x[0-9a-f]{1,16}) (\S{1,1024}):(-?\d{1,9})(?: (\S.{0,1000}))?$/;

export const delveThreadReader: TextReader = {
  name: 'Delve thread',
  contains: ['Thread '],
  begins: '*T',
  recognise: (cursor, index) => row.test(lineText(cursor, index).trimEnd()),
  parse(cursor, index, sink) {
    const match = row.exec(lineText(cursor, index).trimEnd());
    const pc = match === null ? undefined : parseAddress(match[3] ?? '');
    if (match === null || pc === undefined) return 0;
    const [, star, tid = '', , file = '', line, printed = ''] = match;
    pushListed(cursor, sink, index, 1, {
      name: `Thread ${tid}`,
      tid: Number(tid),
      role: star === undefined ? 'other' : 'current',
      frame: {
        pc,
        function: printed === '???' ? '' : withoutAbi(printed),
        file: file === '?' ? '' : file,
        line: Math.max(0, Number(line)),
      },
    });
    markRecognised(sink, index, 1);
    return 1;
  },
};
