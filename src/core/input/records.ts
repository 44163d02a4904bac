/** Records of structured logs, one on a line: how they begin, and whether one of their strings holds a whole stack. */

const jsonRecord = /^\{[ \t]*"[^"\\]{1,128}"[ \t]*:/;
const pairs = /^(?:time|ts|level|lvl)=(?:"[^"]{0,64}"|[^\s"]{1,64})[ \t]+[\w.]{1,64}=/;
/** Bare pairs that say when and where, and then the string of another: `level=ERROR code=2 stack="`. What says why stays. */
const pairRecord =
  /^(?:(?!(?:msg|message|err|error|panic|reason|cause|recovered|value)=)[A-Za-z_][\w.@/-]{0,63}=[^\s"=]{1,200}[ \t]+){1,16}[A-Za-z_][\w.@/-]{0,63}="/;
/** Words that a stack has. */
const stackWords = /goroutine \d|\.(?:go|s):\d|panic: |fatal error: |\bSIG[A-Z]{2,6}: /;
const fewestLineEnds = 3;

/** The start of a JSON object or of a log's pairs. */
export function isRecord(line: string): boolean {
  return jsonRecord.test(line) || pairs.test(line);
}

/** A record that begins at column 0, with escaped line ends and words of a stack in it. */
export function isStackRecord(line: string): boolean {
  return (jsonRecord.test(line) || pairRecord.test(line)) && holdsStack(line);
}

/** Length of the pairs in front of a stack's string, with its opening quote; 0 when the line is no such record. */
export function pairFront(line: string): number {
  const length = pairRecord.exec(line)?.[0].length ?? 0;
  return length > 0 && holdsStack(line) ? length : 0;
}

/** Escaped line ends, also such as were escaped twice, and words of a stack. */
export function holdsStack(line: string): boolean {
  let at = -2;
  for (let found = 0; found < fewestLineEnds; found++) {
    at = line.indexOf('\\n', at + 2);
    if (at < 0) return false;
  }
  return stackWords.test(line);
}
