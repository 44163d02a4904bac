/** `memory find` (lldb CommandObjectMemory.cpp): `data found at location: 0x49e734` above the bytes there, and what it says at its end. */
import { parseAddress, type Address } from '../../../model/address.ts';
import type { ProbeSite } from '../../../model/snapshot.ts';
import { markRecognised, type TextReader } from '../../reader.ts';
import { lineText } from '../lines.ts';
import { parseNumber } from '../session.ts';
import { isLldbOutput, lldbOf } from './command.ts';

const hit = /^[ \t]{0,16}data found at location: (0x[0-9a-f]{1,16})$/;
const end = /^[ \t]{0,16}(?:no more matches within the range\.|data not found within the range\.?)$/;
const bytesThere = /^[ \t]{0,16}0x[0-9a-f]{4,16}: (?:[0-9a-f]{2} ){1,32}/;
const sought =
  /^memory find[ \t](?:.{0,200}[ \t])?(?:-e|--expression)[ \t]{1,8}'?(?:\([a-z0-9_ ]{1,40}\))?[ \t]{0,4}(0x[0-9a-f]{1,16}|\d{1,20})'?(?:[ \t]|$)/;
/** Hits of one search. */
const mostHits = 4096;

/** The number that `memory find` looked for. */
function soughtByLldb(command: string): Address | undefined {
  const number = sought.exec(command)?.[1];
  return number === undefined ? undefined : parseNumber(number);
}

export const lldbFindReader: TextReader = {
  name: 'LLDB search',
  opens: ['da', 'no'],
  recognise: (cursor, index) => {
    const line = lineText(cursor, index).trimEnd();
    return hit.test(line) || end.test(line);
  },
  parse(cursor, index, sink) {
    markRecognised(sink, index, 1);
    const session = lldbOf(sink);
    // The bytes between the hits have their own reader: all hits are taken with the first.
    if (index < session.foundBefore) return 1;
    const search: ProbeSite = { hits: [], source: cursor.lineRange(index) };
    const value = isLldbOutput(sink) ? soughtByLldb(sink.command) : undefined;
    if (value !== undefined) search.value = value;
    let next = index;
    for (; next < cursor.count && search.hits.length < mostHits; next++) {
      const line = lineText(cursor, next).trimEnd();
      const address = parseAddress(hit.exec(line)?.[1] ?? '');
      if (address !== undefined) search.hits.push({ address, source: cursor.lineRange(next) });
      else if (end.test(line)) {
        next++;
        break;
      } else if (!bytesThere.test(line)) break;
    }
    session.foundBefore = next;
    search.source = cursor.lineRange(index, next - 1);
    sink.facts.push({ kind: 'search', textLine: index, search });
    return 1;
  },
};
