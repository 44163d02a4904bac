/** What a document without any known form looks like, and what to give instead: said in place of a verdict. */
import type { DocumentKind } from '../../core/model/document.ts';

export interface Likeness {
  /** 'an ELF core file'. */
  what: string;
  /** What to do; '' where nothing better than another text can be named. */
  advice: string;
  /** Runs as it is, but for the words in capitals. */
  command?: string;
}

const coreCommand =
  "gdb -batch -ex 'info threads' -ex 'thread apply all bt' -ex 'info registers' -ex 'x/200xg $sp' -ex 'info proc mappings' PROGRAM CORE > session.txt";

const byKind: Partial<Record<DocumentKind, Likeness>> = {
  core: {
    what: 'a core file',
    advice: 'Cores are not opened yet. Let a debugger print what is needed, and drop that:',
    command: coreCommand,
  },
  executable: {
    what: 'a program',
    advice: 'Programs are not opened. The code of a function can be pasted:',
    command: 'go tool objdump -s FUNCTION PROGRAM',
  },
  profile: {
    what: 'a pprof profile',
    advice: 'go tool pprof reads it. The same profile with debug=2 is text that can be read here:',
    command: "curl -s 'http://HOST/debug/pprof/goroutine?debug=2'",
  },
  'heap-dump': { what: 'a heap dump of runtime/debug.WriteHeapDump', advice: 'It holds objects and roots, and no traceback' },
};

const magics: readonly [string, Likeness][] = [
  ['PK\x03\x04', { what: 'a zip archive', advice: 'Unpack it and drop the files in it' }],
  ['\x28\xb5\x2f\xfd', { what: 'data compressed with zstd', advice: 'Unpack it first:', command: 'zstd -d FILE' }],
  ['\xfd7zXZ', { what: 'data compressed with xz', advice: 'Unpack it first:', command: 'xz -d FILE' }],
  ['BZh', { what: 'data compressed with bzip2', advice: 'Unpack it first:', command: 'bzip2 -d FILE' }],
  ['%PDF', { what: 'a PDF', advice: 'Copy the text out of it' }],
  ['\x89PNG', { what: 'a picture', advice: 'Copy the text itself: a picture of it cannot be read' }],
  ['\xff\xd8\xff', { what: 'a picture', advice: 'Copy the text itself: a picture of it cannot be read' }],
];

const forms: readonly [RegExp, string][] = [
  [/^\s*at [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/m, 'a Java stack trace'],
  [/^Traceback \(most recent call last\):/m, 'a Python traceback'],
  [/^thread '[^'\n]{0,80}' (?:\(\d+\) )?panicked at /m, 'a Rust panic'],
  [/^\s*at (?:[^\n(]{1,120} \()?(?:file:\/\/|node:|\/)[^\n()]{1,200}:\d+:\d+\)?$/m, 'a JavaScript stack trace'],
  [/^\s*at [\w.`<>[\], ]{1,200}\([^\n)]{0,200}\) in [^\n]{1,200}:line \d+/m, 'a .NET stack trace'],
  [/^\s*from [^\n:]{1,200}\.rb:\d+:in /m, 'a Ruby backtrace'],
  [/^\s*<(?:!doctype html|html)\b/i, 'a web page'],
  [/^\s*[[{]\s*(?:["{[]|$)/, 'JSON'],
];

/** `head`: the first bytes of the document, as UTF-8. */
export function looksLike(kind: DocumentKind, byteLength: number, head: Uint8Array): Likeness | undefined {
  if (byteLength === 0) return { what: 'empty', advice: 'It has no bytes. Was it written to the end?' };
  const known = byKind[kind];
  if (known !== undefined) return known;
  const first = String.fromCharCode(...head.subarray(0, 8));
  const magic = magics.find(([start]) => first.startsWith(start));
  if (magic !== undefined) return magic[1];
  if (head.includes(0))
    return {
      what: 'no text',
      advice: 'Of an excerpt of memory, say where it begins; a name such as 0xc000040000.bin says it too',
    };
  const text = new TextDecoder('utf-8').decode(head);
  if (text.trim() === '') return { what: 'blank', advice: 'It holds white space only' };
  const form = forms.find(([pattern]) => pattern.test(text));
  return form === undefined ? undefined : { what: `like ${form[1]}`, advice: 'Framewalk reads what Go and its debuggers print' };
}
