/** Non-empty lines of a buffer that may be longer than a string can be. */
export function* splitLines(bytes) {
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end > start) yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}
