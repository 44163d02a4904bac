/** Text for a terminal: its width, its wraps, and nothing in it that a terminal would obey. */

// Control characters, and those that reorder or hide text: a dump may hold any of them.
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line without control characters: tabs become four spaces, the others a replacement mark. */
export function printable(text: string): string {
  return text.replace(/[\t\n]/g, '    ').replace(unprintable, '\ufffd');
}

/** Code without its backticks: terminals show text as it is. */
export function plainSentence(text: string): string {
  return printable(text.replace(/`/g, ''));
}

const combining = /\p{Mark}/u;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function widthOfCharacter(character: string): number {
  if (character < '\u0300') return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) || (character.codePointAt(0) ?? 0) >= 0x1f000 ? 2 : 1;
}

/** Columns that `text` takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** `text` cut to `width` columns, with … where something is gone. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let used = 0;
  let result = '';
  for (const character of text) {
    used += widthOfCharacter(character);
    if (used > width - 1) break;
    result += character;
  }
  return width > 0 ? `${result}…` : '';
}

/** `text` cut from its start: what is left ends as the text ends. */
export function fitEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = Array.from(text);
  let used = 1;
  let from = characters.length;
  while (from > 0 && used + widthOfCharacter(characters[from - 1] ?? '') <= width) {
    from--;
    used += widthOfCharacter(characters[from] ?? '');
  }
  return width > 0 ? `…${characters.slice(from).join('')}` : '';
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cuts `text` into pieces of at most `width` columns, its spaces kept. */
function pieces(word: string, width: number): string[] {
  const result: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const own = widthOfCharacter(character);
    if (used + own > width) {
      result.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += own;
  }
  result.push(piece);
  return result;
}

/** `text` in pieces of at most `width` columns, cut behind a space where one is in reach; nothing is lost. */
export function cutLine(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const result: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )(?! )/)) {
    if (line !== '' && widthOf(line) + widthOf(word) > room && widthOf(word) <= room) {
      result.push(line);
      line = '';
    }
    const parts = pieces(line + word, room);
    line = parts.pop() ?? '';
    result.push(...parts);
  }
  result.push(line);
  return result;
}

/** Lines of at most `width` columns; every line but the first begins with `hanging`, the first with `first`. */
export function wrap(text: string, width: number, first = '', hanging = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const room = Math.max(8, width - Math.max(widthOf(first), widthOf(hanging)));
  for (const word of text.split(' ').filter((part) => part !== '')) {
    for (const piece of widthOf(word) > room ? pieces(word, room) : [word]) {
      if (!empty && widthOf(line) + 1 + widthOf(piece) > width) {
        lines.push(line);
        line = hanging;
        empty = true;
      }
      line += empty ? piece : ` ${piece}`;
      empty = false;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}
