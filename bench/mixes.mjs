// What programs and debuggers printed (the fixtures of the tests), one text after another: small pieces of every form.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../test/fixtures', import.meta.url));
/** A fixture above this size would be most of the mix. */
const largest = 100_000;
/** Its lines are wrapped: one such text and the whole mix goes through a layer, which is not what is compared. */
const wrapped = 'lrslot-arm64.store.gdb.txt';

function texts(folders, belongs) {
  const found = [];
  for (const folder of folders)
    for (const name of readdirSync(join(fixtures, folder)).sort()) {
      if (!name.endsWith('.txt') || !belongs(name)) continue;
      const text = readFileSync(join(fixtures, folder, name), 'utf8');
      if (text.length <= largest) found.push(text.endsWith('\n') ? text : `${text}\n`);
    }
  return found;
}

/** Addresses of nine and more digits move by `distance`, so that no round is the same as the last. */
function moved(text, distance) {
  return text.replace(/\b0x([0-9a-f]{9,16})\b/g, (printed, digits) => {
    const value = BigInt(printed);
    if (value >> 32n === 0n || value >> 47n !== 0n) return printed;
    return `0x${(value + distance).toString(16).padStart(digits.length, '0')}`;
  });
}

function* mix(all, most) {
  let left = most;
  for (let round = 0n; left > 0; round++) {
    const piece = all.map((text) => moved(text, round << 12n)).join('\n');
    yield piece;
    left -= piece.length;
  }
}

/** Sessions of gdb, Delve, LLDB and GEF and listings of binary tools: about `most` bytes. */
export function recordedSessions(most) {
  return mix(
    texts(['acceptance/sessions', 'debugger'], (name) => !name.endsWith('.dump.txt') && name !== wrapped),
    most,
  );
}

/** Dumps of all versions and architectures: about `most` bytes. */
export function recordedDumps(most) {
  return mix(
    texts(['acceptance', 'text'], () => true).concat(texts(['acceptance/sessions'], (name) => name.endsWith('.dump.txt'))),
    most,
  );
}
