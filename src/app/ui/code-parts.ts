/** Sentences of findings put code, functions and addresses between backticks. */
export interface TextPart {
  text: string;
  code: boolean;
}

/** Splits at backticks; a backtick without a partner stays as it is. */
export function codeParts(sentence: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of sentence.matchAll(/`([^`]*)`/g)) {
    if (match.index > from) parts.push({ text: sentence.slice(from, match.index), code: false });
    if (match[1] !== undefined && match[1] !== '') parts.push({ text: match[1], code: true });
    from = match.index + match[0].length;
  }
  if (from < sentence.length) parts.push({ text: sentence.slice(from), code: false });
  return parts;
}

/** Opening sentences, at most `count`: a sentence ends at `.`, `?` or `!` before white space, outside code. */
export function firstSentences(text: string, count: number): string {
  let code = false;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const at = text.charAt(i);
    if (at === '`') code = !code;
    else if (!code && (at === '.' || at === '?' || at === '!') && /^\s/.test(text.charAt(i + 1))) {
      seen++;
      if (seen === count) return text.slice(0, i + 1);
    }
  }
  return text;
}

/** A function with its import path: folders, then a package with a name behind a dot. No file: that begins with a slash. */
const pathed = /^(?:[\w.~%+-]+\/)+([\w~%-]+(?:\.[^\s/]+)+)$/;
const fileEnding = /\.(?:go|s|c|h|txt|sh|mod|sum|json)(?::\d+)?$/;

/** `github.com/x/metro.Hash64` → `metro.Hash64`; anything else as it is. */
export function shortName(code: string): string {
  const name = pathed.exec(code)?.[1];
  return name === undefined || fileEnding.test(code) ? code : name;
}

/** Shorter names fit everywhere. */
const longName = 14;

/** Pieces between which a long name may break: after a slash, and before the dot of a name (no file's). */
export function breakable(code: string): string[] {
  if (code.length <= longName || /\s/.test(code)) return [code];
  return code.split(fileEnding.test(code) ? /(?<=\/)/ : /(?<=\/)|(?=\.[(A-Za-z_])/);
}
