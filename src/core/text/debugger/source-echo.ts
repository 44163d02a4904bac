/** The source line that gdb shows behind a place: `20<TAB>	h := mix(x)`, or that it could not open the file. */

const withTab = /^\d{1,7}\t/;
const withBlanks = /^[ \t]{0,16}\d{1,7}[ \t]{2,}\S/;
const missing =
  /^[ \t]{0,16}\d{1,7}[ \t]+(?:in )?\S.*: (?:No such file or directory|Permission denied|Not a directory)\.$|^[ \t]{0,16}\d{1,7}[ \t]+in \S+$/;

/** Only to be asked directly behind a frame or a place. */
export function isSourceEcho(line: string): boolean {
  return withTab.test(line) || withBlanks.test(line) || isMissingSource(line);
}

/** Recognised anywhere. */
export function isMissingSource(line: string): boolean {
  return missing.test(line);
}
