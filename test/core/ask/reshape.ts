/** Answers as people hand them on: wrapped by a mail, under the prompt of another debugger. */

/** As a mail breaks lines: at blanks, before 78 columns. */
export function mailWrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const parts: string[] = [];
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
