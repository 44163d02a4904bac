// Texts as another process, another program or another poster would have printed them: for tests of what depends on a form, not on
// its numbers and names. Types are in mutations.d.mts.

/** `value` as it is in the moved process. @param {bigint} value @param {readonly [bigint, bigint, bigint][]} moves */
export function movedBy(value, moves) {
  for (const [start, end, by] of moves) if (value >= start && value < end) return value + by;
  return value;
}

/** Heap pages of 8 KiB: `k=` of an object dump is its page. */
const pageBits = 13n;

/** Every address moved, printed as wide as before; decimals of pointers and of their low halves, and page numbers, follow. */
export function relocated(text, moves) {
  const lowHalves = new Map();
  const to = (printed, digits, prefix) => {
    const value = BigInt(`0x${digits}`);
    const after = movedBy(value, moves);
    if (after !== value && value > 0xffffffffn) lowHalves.set(value & 0xffffffffn, after & 0xffffffffn);
    if (after === value) return printed;
    const hex = after.toString(16);
    return `${prefix}${digits.startsWith('0') ? hex.padStart(digits.length, '0') : hex}`;
  };
  const moved = (line) =>
    line
      .replace(/\bk=0x([0-9a-f]+)/g, (_, digits) => `k=@${movedBy(BigInt(`0x${digits}`) << pageBits, moves) >> pageBits}@`)
      .replace(/0x([0-9a-f]+)/g, (printed, digits) => to(printed, digits, '0x'))
      .replace(/\bk=@(\d+)@/g, (_, page) => `k=0x${BigInt(page).toString(16)}`)
      // objdump prints addresses without 0x.
      .replace(/^( *)([0-9a-f]{6,16})(?=:\t| <)/gm, (printed, blanks, digits) => to(printed, digits, blanks))
      .replace(/(?<=\s)([0-9a-f]{6,8})(?= <)/g, (printed) => to(printed, printed, ''));
  // Sizes and offsets of mappings are no addresses.
  const mapping = /^(\s*0x[0-9a-f]+\s+0x[0-9a-f]+)(\s+0x[0-9a-f]+\s+0x[0-9a-f]+(?:\s.*)?)$/;
  const lines = text.split('\n').map((line) => {
    const row = mapping.exec(line);
    return row === null ? moved(line) : moved(row[1]) + row[2];
  });
  return lines.join('\n').replace(/(?<![\w.:])\d{7,}(?![\w.])/g, (printed) => {
    const value = BigInt(printed);
    return String(value > 0xffffffffn ? movedBy(value, moves) : (lowHalves.get(value) ?? value));
  });
}

export function renamed(text, names) {
  return names.reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

const bytesOf = (value) =>
  value
    .toString(16)
    .padStart(8, '0')
    .replace(/(..)(..)(..)(..)/, '$4$3$2$1');

/** The constant and the address 8 above it, in hexadecimal of any width and in decimal, and as bytes of an instruction. */
export function withConstant(text, [from, to]) {
  return [0n, 8n].reduce(
    (all, by) =>
      all.replaceAll((from + by).toString(16), (to + by).toString(16)).replaceAll((from + by).toString(), (to + by).toString()),
    text.replaceAll(bytesOf(from), bytesOf(to)),
  );
}

/** Under the prompt of another debugger of gdb's kind. */
export function prompted(text, prompt) {
  return text.replace(/\((?:gdb|rr)\) /g, prompt);
}

/** As a mail breaks lines: at blanks, before 78 columns. */
export function wrapped(text) {
  return text
    .split('\n')
    .map((line) => {
      const parts = [];
      let rest = line;
      while (rest.length > 78) {
        const at = rest.lastIndexOf(' ', 78);
        if (at <= 20) break;
        parts.push(rest.slice(0, at + 1));
        rest = rest.slice(at + 1);
      }
      return [...parts, rest].join('\n');
    })
    .join('\n');
}

/** Behind quote marks, with the line ends of another system. */
export function quoted(text) {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\r\n');
}

/** In the code block of an issue, a comment before and after it. */
export function inMarkdown(text) {
  return `### What happened\n\nThis is all that we have:\n\n~~~text\n${text}\n~~~\n\nAny idea is welcome.\n`;
}

/** The first and the second half of the lines. */
export function halves(text) {
  const lines = text.split('\n');
  const middle = lines.length >> 1;
  return [lines.slice(0, middle).join('\n'), lines.slice(middle).join('\n')];
}
