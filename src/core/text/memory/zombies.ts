/** Zombie tables of runtime/mgcsweep.go reportZombies (Go 1.15–1.27), with the hexdumps of the zombies. */
import { parseAddress, toAddress } from '../../model/address.ts';
import type { ZombieRow } from '../../model/memory.ts';
import { markRecognised, type TextReader } from '../reader.ts';
import { isHexdump, readHexdump } from './hexdump.ts';

const header = /^\s*runtime: marked free object in span 0x[0-9a-f]+, elemsize=(\d{1,12}) freeindex=(\d{1,12})(?: \((.*)\))?\s*$/;
const row = /^\s*(0x[0-9a-f]{1,16}) (alloc|free)\s+(marked|unmarked)(\s+zombie)?\s*$/;

export const zombieReader: TextReader = {
  name: 'zombie table',

  recognise: (cursor, index) => header.test(cursor.line(index)),

  parse(cursor, index, sink) {
    const match = header.exec(cursor.line(index));
    if (match === null) return 0;
    const rows: ZombieRow[] = [];
    let next = index + 1;
    while (next < cursor.count) {
      const entry = row.exec(cursor.line(next));
      if (entry !== null) {
        rows.push({
          address: parseAddress(entry[1] ?? '') ?? toAddress(0),
          free: entry[2] === 'free',
          marked: entry[3] === 'marked',
          zombie: entry[4] !== undefined,
          source: cursor.lineRange(next),
        });
        next++;
      } else {
        const lines = isHexdump(cursor, next) ? readHexdump(cursor, next, sink) : 0;
        if (lines === 0) break;
        next += lines;
      }
    }
    for (let i = index; i < next; i++) markRecognised(sink, i, 1);
    const source = cursor.lineRange(index);
    const why = 'zombie report';
    const raceHint = match[3]?.includes('-race');
    const from = raceHint === true ? 24 : 15;
    const to = raceHint === false ? 23 : null;
    sink.facts.push({ kind: 'version-hint', from, to, why, source, textLine: index });
    sink.facts.push({
      kind: 'complaint',
      complaint: { kind: 'zombies', elementSize: Number(match[1]), freeIndex: Number(match[2]), rows, source },
      textLine: index,
    });
    return next - index;
  },
};
