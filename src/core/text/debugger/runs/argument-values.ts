/** Arguments of a printed frame, straight from bytes: what `learnArguments` finds in them. */
import { addressOfHalves } from '../../../model/address.ts';
import type { LineCursor } from '../../cursor.ts';
import { namesOf } from '../../names.ts';
import type { RecordSink } from '../../reader.ts';
import { sessionOf } from '../session.ts';
import { learnArguments } from '../struct-fact.ts';
import { readHex, wide } from './number.ts';

const longestName = 61;
const space = 32;
const parenthesis = 40;
const comma = 44;
const less = 60;
const equal = 61;
const at = 64;

/** Bytes of a name: letters, digits, underscore. */
const ofName = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789') ofName[letter.charCodeAt(0)] = 1;

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Learns the values in bytes [start, end) of the window, `exp=0xc000070bf0, out=0x7f8e…`: later commands call them by name. */
export function learnArgumentBytes(cursor: LineCursor, sink: RecordSink, start: number, end: number): void {
  const { bytes } = cursor;
  for (let next = start; next < end; next++)
    // Casts and `x@entry` are read by an expression.
    if (bytes[next] === at || (bytes[next] === equal && bytes[next + 1] === parenthesis)) {
      learnArguments(sink, cursor.slice(start, end));
      return;
    }
  const { variables } = sessionOf(sink);
  const { strings } = sink.columns;
  for (let name = start; name < end; name++) {
    let behind = name;
    while (behind < end && ofName[bytes[behind] ?? 0] === 1) behind++;
    if (behind > name && behind - name <= longestName && !isDigit(bytes[name] ?? 0) && bytes[behind] === equal) {
      const value = readHex(bytes, behind + 1);
      const byte = value < end ? bytes[value] : comma;
      if (value > 0 && value <= end && (byte === comma || (byte === space && bytes[value + 1] === less && value + 1 < end))) {
        const key = strings.at(namesOf(strings).intern(bytes, name, behind));
        const address = addressOfHalves(wide.high, wide.low);
        const known = variables.get(key);
        if (known?.address !== address) variables.set(key, { type: known?.type ?? '', address });
        behind = value;
      }
    }
    // The next one stands behind `, `.
    name = behind;
    while (name < end && (bytes[name] !== comma || bytes[name + 1] !== space)) name++;
    name++;
  }
}
