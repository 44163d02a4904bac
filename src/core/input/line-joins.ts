/**
 * Which line continues the one before it: pairs of a record that is incomplete and a rest that cannot stand alone.
 * Mail programs break at blanks at 72–79 columns; the rest begins at column 0 or with the indentation of the block.
 * Expressions see trimmed byte strings of at most `recordColumns` bytes and hold no nested repetition.
 */
import { isAnchor } from './shapes.ts';
import { splitsToken } from './token-joins.ts';

/** Longer lines are no wrapped records. */
export const recordColumns = 4096;

interface Join {
  /** First characters of a record and of a rest, where they are few: most lines are refused by them. */
  begins?: string;
  goesOn?: string;
  /** The incomplete record. */
  record: RegExp;
  rest: RegExp;
}

const joins: readonly Join[] = [
  // A location: /x.go:12 +0x38d fp=0x… sp=0x… pc=0x…
  { goesOn: '+f', record: /^[^\s(#][^:(]*:\d+$/, rest: /^(?:\+0x[0-9a-f]+(?: fp=0x[0-9a-f]+.*)?|fp=0x[0-9a-f]+.*)$/ },
  { goesOn: 'f', record: /:\d+ \+0x[0-9a-f]+$/, rest: /^fp=0x[0-9a-f]+/ },
  { goesOn: 's', record: / fp=0x[0-9a-f]+$/, rest: /^sp=0x[0-9a-f]+/ },
  { goesOn: 'p', record: / sp=0x[0-9a-f]+$/, rest: /^pc=0x[0-9a-f]+$/ },
  // The same with the arguments of a lost frame behind it.
  { goesOn: '0', record: / pc=0x[0-9a-f]+(?:, 0x[0-9a-f]+)*,$/, rest: /^0x[0-9a-f]+(?:, 0x[0-9a-f]+)*[,)]?$/ },
  // A header: goroutine 18 gp=0x… m=2 mp=0x… [running, locked to thread]:
  { begins: 'g', record: /^goroutine \d+ [^[\]]*\[[^\]]{0,200}$/, rest: /^[^[\]]{1,200}\](?: \{.*\})?:$/ },
  {
    begins: 'g',
    goesOn: 'm[',
    record: /^goroutine \d+ gp=\S+(?: m=\S+)?(?: mp=\S+)?$/,
    rest: /^(?:(?:m=|mp=)\S+(?: .*)?|\[[^\]]{1,200}(?:\]:)?)$/,
  },
  { begins: 'g', goesOn: 'g[', record: /^goroutine \d+$/, rest: /^(?:gp=\S+ m=\S+ .*)?\[[^\]]{1,200}\]:$/ },
  { begins: 'c', goesOn: 'i', record: /^created by \S+$/, rest: /^in goroutine \d+$/ },
  // The signal: [signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x4863c0] and PC=0x… m=0 sigcode=1 addr=0x…
  { begins: '[', record: /^\[signal [^\]]{1,300}$/, rest: /^[^[\]]{1,200}\]$/ },
  { begins: 'P', goesOn: 'msa', record: /^PC=0x[0-9a-f]+(?: m=\d+)?(?: sigcode=\d+)?$/, rest: /^(?:m=|sigcode=|addr=)\S/ },
  // Messages of the runtime with numbers or a remark behind them.
  {
    goesOn: 'is',
    record: /(?:to (?:unallocated|unused region of) span(?: idx=0x[0-9a-f]+)?|span\.(?:base|limit)(?:\(\))?=(?:0x)?[0-9a-f]+)$/,
    rest: /^(?:idx=0x|span\.(?:base|limit|state)(?:\(\))?=)/,
  },
  { begins: 'r', record: /^runtime: pointer 0x[0-9a-f]+$/, rest: /^(?:[0-9a-f]{1,12} )?to un(?:allocated|used)/ },
  { begins: 'r', goesOn: 'u', record: /^runtime: pointer 0x[0-9a-f]+ to$/, rest: /^un(?:allocated|used region of) span/ },
  {
    begins: 'r',
    goesOn: 'ros',
    record: /^runtime: pointer 0x[0-9a-f]+ to (?:unallocated|unused(?: region(?: of)?)?)$/,
    rest: /^(?:(?:region )?of )?span\b/,
  },
  {
    begins: 'r',
    record: /^runtime: (?:g \d+: )?unexpected return pc for(?: \S+(?: called(?: from)?)?)?$/,
    rest: /^(?:\S+ )?(?:called )?(?:from )?0x[0-9a-f]+$/,
  },
  { begins: 'r', goesOn: '(', record: /^runtime: [^()]{1,300}$/, rest: /^\((?:bad use|incorrect use)[^()]{1,200}\)$/ },
  { begins: 'rf', record: /^(?:runtime|fatal error): [^()]{1,300}\([^()]{1,200}$/, rest: /^[^()]{1,100}\)$/ },
  { begins: 'p', goesOn: 'r', record: /^panic: [^\n]{1,500}\[recovered,$/, rest: /^repanicked\]$/ },
  // A runtime error never ends with a line feed of its own, so this remark is its end.
  { begins: 'p', goesOn: '[', record: /^panic: [^\n]{0,300}runtime error: /, rest: /^\[recovered(?:, repanicked)?\]$/ },
  { begins: 'p', goesOn: 'p', record: /^panic: runtime error: invalid memory address or nil$/, rest: /^pointer dereference$/ },
  {
    begins: 'p',
    goesOn: 'd',
    record: /^panic: runtime error: invalid memory address or nil pointer$/,
    rest: /^dereference(?: \[recovered.{0,20})?$/,
  },
  { begins: 's', goesOn: 's', record: /^stack: frame=\{[^}]{1,80}\}$/, rest: /^stack=\[0x/ },
  { begins: 's', goesOn: 'f', record: /^stack: frame=\{sp:0x[0-9a-f]+,$/, rest: /^fp:0x[0-9a-f]+\}/ },
  { begins: 'o', goesOn: 'ks', record: /^object=0x[0-9a-f]+(?: (?:k|s\.[^ =]+)=[^ ]+)*$/, rest: /^(?:k=0x|s\.[^ =]+=[^ ])/ },
  // Rows of a stack hexdump: 00c0000b1db8:  0x…  0x… <main.f+0x10>
  {
    begins: '0123456789abcdef',
    goesOn: '0<>!',
    record: /^(?:0x)?[0-9a-f]{8,16}: [ <>!]{0,3}0x[0-9a-f]{16}(?: <[^>]{1,300}>)?$/,
    rest: /^(?:[<>!]?0x[0-9a-f]{16}(?: |$)|<[^>]{1,300}\+(?:0x[0-9a-f]+|\d+)>)/,
  },
  // A dump that lost its line ends before a mail broke it: a header with its calls on one line goes on with calls.
  {
    begins: 'Sg',
    record: /^(?:SIG[A-Z]{2,6}: [a-z ]{3,60} PC=0x[0-9a-f]+ m=-?\d|goroutine \d+ \[[^\]]{1,200}\]: [^\s(]{1,400}\()/,
    rest: /^(?:goroutine \d+ \[[^\]]{1,200}\]:|[A-Za-z_][^\s()]{0,200}\.(?:\(\*?[^\s()]{1,200}\)\.)?[^\s().]{1,200}\([^()]{0,400}\))(?: |$)/,
  },
  // A register of gdb and the symbol behind its value.
  { goesOn: '<', record: /^[a-z]\w{1,5} +0x[0-9a-f]+ +0x[0-9a-f]+$/, rest: /^<[^<>]{1,300}>$/ },
  // Mappings: start end size offset, the file behind.
  {
    begins: '0',
    goesOn: '/[',
    record: /^0x[0-9a-f]+ +0x[0-9a-f]+ +0x[0-9a-f]+ +0x[0-9a-f]+(?: +[r-][w-][x-][ps])?$/,
    rest: /^(?:\/\S|\[\w)/,
  },
  {
    begins: '0123456789abcdef',
    goesOn: '/[',
    record: /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-][w-][x-][ps] [0-9a-f]{8} \S+ \d+$/,
    rest: /^(?:\/\S|\[\w)/,
  },
];

const ascii = 128;
/** The joins to ask, by the first character of the record; the last entry is for what is not ASCII. */
const joinsOf: readonly (readonly Join[])[] = Array.from({ length: ascii + 1 }, (_none, code) =>
  joins.filter(({ begins }) => begins === undefined || (code < ascii && begins.includes(String.fromCharCode(code)))),
);

/** Both hold something. */
function joinsByForm(record: string, rest: string): boolean {
  const first = rest[0] ?? '';
  for (const join of joinsOf[Math.min(record.charCodeAt(0), ascii)] ?? []) {
    if (join.goesOn !== undefined && !join.goesOn.includes(first)) continue;
    if (join.rest.test(rest) && join.record.test(record)) return true;
  }
  return false;
}

const argumentsOpen = /^[0-9a-fx{}?,. _]*$/;
const argumentsRest = /^[0-9a-fx{}?,. _]*\)?$/;
const debuggerRecord = /^(?:#\d+ |0x[0-9a-f]+ in \S|\$\d+ = \()/;
const stopRecord = /^\S+ \(.*\) at$/;
const bareFrame = /^#\d+ +(?:0x[0-9a-f]+ in )?[^\s(]\S*$/;
const prompt = /^(?:\((?:gdb|rr|dlv|lldb)\)|#\d+ )/;
const restOfPath = /^[^\s:()]{1,400}:\d+$|^:\d+$/;
const place = /^\S.*:\d+$/;

/** Both trimmed. True when `rest` belongs to `record`. */
export function continues(record: string, rest: string): boolean {
  // What each line begins with is a prefix, also on a line that holds nothing else.
  if (rest === '' || record === '' || rest.startsWith(record)) return false;
  return (
    joinsByForm(record, rest) ||
    splitsToken(record, rest) ||
    continuesArguments(record, rest) ||
    continuesDebuggerFrame(record, rest)
  );
}

/** `pkg.name(0x1, {0x2,` goes on with words until its bracket closes. */
function continuesArguments(record: string, rest: string): boolean {
  if (!argumentsRest.test(rest) || !/0x|\)|\.\.\.|[{}]/.test(rest)) return false;
  const open = record.lastIndexOf('(');
  if (open <= 0 || !argumentsOpen.test(record.slice(open + 1))) return false;
  const name = record.slice(0, open);
  return (name.includes('.') && /^[A-Za-z_][^\s"'`=;]*$/.test(name)) || name === 'panic';
}

/** gdb: `#1  0x… in` / `pkg.name` / `(exp=0x…, out=0x…) at` / `/path:338`. */
function continuesDebuggerFrame(record: string, rest: string): boolean {
  const frame = debuggerRecord.test(record);
  if (!frame && !stopRecord.test(record)) return false;
  if (prompt.test(rest) || isAnchor(rest)) return false;
  if (!frame) return place.test(rest);
  if (/ in$/.test(record)) return true;
  // A path that is longer than the line.
  if (/\) at \/\S{1,400}$/.test(record) && !/:\d+$/.test(record)) return restOfPath.test(rest);
  if (/\) (?:at|from)$/.test(record)) return /^\S+$/.test(rest);
  if (bareFrame.test(record)) return rest.startsWith('(');
  return openBrackets(record) > 0;
}

function openBrackets(text: string): number {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
  }
  return depth;
}
