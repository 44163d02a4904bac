/** What `framewalk --help` prints. */
export const help = `Usage: framewalk analyze [options] FILE…
       framewalk link FILE…
       framewalk open [--json] LINK

Explains Go crashes that their own traceback does not: which pointer is bogus, who broke it, and how to prove it.
FILE is a panic trace, a log, a session of gdb, rr, Delve or LLDB, a hex dump, a listing of mappings, of up to 4 GiB; .gz
files are opened as they are, - is standard input. Several files are read as one case.

Commands
  analyze     reads files and prints a report
  link        prints a permalink that holds the files
  open        reads a permalink (- reads it from standard input)

Options of analyze and open
  --json          prints the report as JSON, schema framewalk.report/1
  --ndjson        prints one JSON report per file, a line each, in the order given (analyze only)
  --summary       leaves the list of goroutines out of the JSON
  --markdown      prints the report for a bug tracker
  --ask DEBUGGER  prints what to ask next as a script for gdb, rr, delve or lldb, and nothing else:
                  framewalk analyze --ask gdb crash.txt > ask.gdb; gdb -p PID -x ask.gdb
  --goroutine ID  shows the stack of this goroutine
  --ascii         draws the stack with ASCII characters only
  --color         colours the text (default: when printed to a terminal); --no-color does not
  --base FILE=ADDR
                  where the bytes of a raw excerpt of memory begin, when neither its name (0xc000040000.bin) nor gdb's
                  dump memory command in the same case says it (analyze only; may be repeated)
  --knowledge FILE
                  uses what a file of the form framewalk.knowledge/1 says of modules, releases, symbols and constants (may be
                  repeated; such a file among FILE… is used as well)

Other options
  --base URL      puts URL before the link (link only)
  -h, --help      --version

Exit status: 0 analysed, 1 nothing recognised, 2 usage error or unreadable file.
`;
