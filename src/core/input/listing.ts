/**
 * Samples of debuggers and disassemblers as they print (gdb, rr, LLDB, Delve, objdump, `go tool objdump`): rows of memory,
 * registers, instructions, frames and prompts that begin where they do when nothing wraps them.
 */
/** Rows of memory and of instructions, frames, prompts; registers and lines of source as Delve and LLDB show them. */
const row =
  /^(?:\((?:gdb|rr|dlv|lldb)\)|(?:=> | {3})?0x[0-9a-f]{4,16}(?: <[^>\t]{1,400}>)?:[ \t]|[ ]{0,3}[0-9a-f]{4,16}(?::\t| <[^>]{1,400}>:$)|(?: {2}|\t)[\w.-]{1,100}\.(?:go|s|c):\d{1,7}\t+0x[0-9a-f]|#\d{1,6} |(?: {4}|\* {2})frame #\d{1,6}: |[ ]{4,8}[A-Za-z]\w{1,15} = 0x[0-9a-f]|(?: {4}|=> )[ ]{0,3}\d{1,6}:\t| {2}Goroutine \d)/;
/** Registers as gdb shows them. */
const register = /^[a-z][a-z0-9_]{1,15} {1,16}0x[0-9a-f]{1,32}[ \t]/;
const share = 1 / 3;
const fewestLines = 16;

/** True for a row that stands whole at its place. */
export function isRow(line: string): boolean {
  return row.test(line);
}

/** True when rows make up a good part of each window: such a text needs no search for what its samples did not show. */
export function isListing(windows: readonly { lines: readonly string[] }[]): boolean {
  return windows.every(({ lines }) => {
    let filled = 0;
    let rows = 0;
    for (const line of lines) {
      if (line === '') continue;
      filled++;
      if (row.test(line) || register.test(line)) rows++;
    }
    return rows >= fewestLines && rows >= filled * share;
  });
}
