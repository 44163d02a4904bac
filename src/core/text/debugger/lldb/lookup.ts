/** `image lookup -a ADDRESS`: the section and the symbol that hold it. */
import { parseAddress } from '../../../model/address.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { isLldbOutput } from './command.ts';
import { teachPlace } from './symbol.ts';

const form = /^[ \t]{0,16}(Address|Summary): (\S.{0,1000}?)(?: at (\S{1,400}):(\d{1,9})(?::\d{1,9})?)?$/;
const section = /^\S{1,400}\[0x[0-9a-f]{8,16}\] \(\S/;
const asked = /^(?:image|target modules) lookup[ \t]+.*?(?:-a|--address)[ \t]+(0x[0-9a-f]{1,16})\b/;

export const lldbLookupReader: TextReader = {
  name: 'LLDB lookup',
  begins: 'AS',
  recognise(cursor, index, sink) {
    const match = form.exec(lineText(cursor, index).trimEnd());
    if (match === null) return false;
    return match[1] === 'Address' ? section.test(match[2] ?? '') : isLldbOutput(sink) && asked.test(sink.command);
  },
  parse(cursor, index, sink) {
    const match = form.exec(lineText(cursor, index).trimEnd());
    const address = parseAddress(asked.exec(sink.command)?.[1] ?? '');
    if (match?.[1] === 'Summary' && address !== undefined && isLldbOutput(sink))
      teachPlace(sink, index, address, match[2] ?? '', cursor.lineRange(index));
    markRecognised(sink, index, 1);
    return 1;
  },
};
