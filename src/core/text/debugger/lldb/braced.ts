/** Small arrays and structs stand on one line in parentheses (lldb FormatManager, one-liner children): `([0] = 9, [1] = 8)`. */

const members = /\((?:\[\d{1,9}\]|[A-Za-z_$][\w$.]{0,200}) = /y;
const string = /"(?:[^"\\]|\\.)*"?/y;

/** `text` with braces for the parentheses around members, everything at its place; other parentheses stay. */
export function braced(text: string): string {
  if (!text.includes(' = ')) return text;
  let result = '';
  let copied = 0;
  const open: boolean[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      string.lastIndex = at;
      at += (string.exec(text)?.[0].length ?? 1) - 1;
    } else if (character === '(') {
      members.lastIndex = at;
      const holdsMembers = (at === 0 || text.startsWith('= ', at - 2)) && members.test(text);
      open.push(holdsMembers);
      if (!holdsMembers) continue;
      result += `${text.slice(copied, at)}{`;
      copied = at + 1;
    } else if (character === ')' && open.pop() === true) {
      result += `${text.slice(copied, at)}}`;
      copied = at + 1;
    }
  }
  return result + text.slice(copied);
}
