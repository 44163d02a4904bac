// The hunts of the incident reports beside the project: what each report, read whole, must yield; and copies of another process
// and other programs, of which the same must be found. Used by scripts/conformance.mjs; the project's own texts of the same shapes
// are in test/acceptance.
import { halves, inMarkdown, movedBy, prompted, quoted, relocated, renamed, withConstant, wrapped } from './mutations.mjs';

/** @typedef {{ what: string, holds: (report: any) => boolean }} Fact */

const first = (rule) => ({ what: `the first finding is ${rule}`, holds: (report) => report.findings[0]?.rule === rule });
const names = (name) => ({
  what: `the first finding names ${name}`,
  holds: (report) => JSON.stringify(report.findings[0] ?? {}).includes(name),
});
const bogus = (value, at) => ({
  what: `${value}${at === undefined ? '' : ` at ${at}`} is named as bogus`,
  holds: (report) => report.bogusPointers.some((one) => one.value === value && (at === undefined || one.at === at)),
});
const words = (start, end) => ({
  what: `memory from ${start} to ${end} is known`,
  holds: (report) => report.memory.ranges.some((range) => range.start === start && range.end === end),
});
const link = (slot, value, verdict) => ({
  what: `the saved frame pointer at ${slot} is ${value} (${verdict})`,
  holds: (report) =>
    report.chains.some((chain) => chain.links.some((one) => one.slot === slot && one.value === value && one.verdict === verdict)),
});
const trail = (value, places) => ({
  what: `the trail of ${value} leads over ${places.join(', ')}, oldest first`,
  holds: (report) => {
    const cards = (report.trails ?? []).find((one) => one.value === value)?.cards ?? [];
    const found = cards.map((card) => card.at).filter((at, index, all) => at !== undefined && at !== all[index - 1]);
    return places.every((place, index) => found[index] === place);
  },
});
const told = (text) => ({
  what: `the trail tells "${text}"`,
  holds: (report) => JSON.stringify(report.trails ?? []).includes(text),
});
const crashes = (count) => ({
  what: `${count} crashes are told apart`,
  holds: (report) => 1 + (report.also?.length ?? 0) === count,
});
const everyLine = {
  what: 'no line is left unrecognised',
  holds: (report) => report.coverage.unrecognised === 0 || report.coverage.unrecognised?.length === 0,
};

/** What is another in a copy; nothing is in the original. */
class Process {
  /** @param {{ moves?: [bigint, bigint, bigint][], names?: [string, string][], constants?: [bigint, bigint][] }} how */
  constructor({ moves = [], names = [], constants = [] } = {}) {
    Object.assign(this, { moves, names, constants });
  }

  /** An address or value of the original, as the copy prints it. */
  at(hex) {
    const value = BigInt(hex);
    for (const [from, to] of this.constants)
      for (const by of [0n, 8n]) if (value === from + by) return `0x${(to + by).toString(16)}`;
    return `0x${movedBy(value, this.moves).toString(16)}`;
  }

  name(text) {
    return renamed(text, this.names);
  }

  /** The whole text in the copy's process. */
  text(original) {
    const changed = this.constants.reduce((text, constant) => withConstant(text, constant), relocated(original, this.moves));
    return renamed(changed, this.names);
  }
}

/** By the number with which the file's name begins: what must be found in the report of the process. */
const facts = {
  '000': (p) => [
    first('FP-05'),
    names(p.name('memory_memset_neon')),
    bogus(p.at('0xc3ffa97ffbfd')),
    bogus(p.at('0xc3ffa97ffc05'), 'fault address'),
    everyLine,
  ],
  '001': (p) => [first('MC-01'), crashes(4), bogus(p.at('0xc4203e2fb0')), everyLine],
  '002': (p) => [
    first('RA-01'),
    names(p.name('main.stacker')),
    bogus(p.at('0x7fffffffe000'), p.at('0xc000074f40')),
    words(p.at('0xc000074df0'), p.at('0xc000075000')),
    words(p.at('0xc00011af08'), p.at('0xc00011af28')),
    link(p.at('0xc000074f38'), p.at('0xc000074f70'), 'ok'),
    link(p.at('0xc000074fd0'), '0x0', 'end'),
    everyLine,
  ],
  '003': (p) => [
    first('CGO-01'),
    names(p.name('cdata.(*schemaExporter).finish')),
    bogus(p.at('0xc0002ff000')),
    words(p.at('0xc00004fd10'), p.at('0xc00004fd30')),
    words(p.at('0x7f8e250f9480'), p.at('0x7f8e250f9490')),
    trail(p.at('0xc0002ff000'), [p.at('0x7f8e250f9480'), p.at('0xc00004fd18')]),
    told('runtime.copystack wrote'),
    told('the field format of *out'),
    told('slot 341 of p.wbBuf'),
    everyLine,
  ],
};

/** Another process of the same crash, by the same number. */
const others = {
  '000': {
    moves: [[0x400000n, 0x800000n, 0x20000n]],
    names: [
      ['memory_memset_neon', 'lanes_fillset_neon'],
      ['_memset_neon', '_fillset_neon'],
      ['github.com/apache/arrow/go/v13/arrow/memory', 'example.org/tables/go/lanes'],
      ['Hash64', 'Fold64'],
      ['go-metro', 'go-folds'],
    ],
    constants: [
      [0x30bc5b29n, 0x1dc3a6d7n],
      [0xc3ffa97ffbfdn, 0x43ffa97ffbfdn],
    ],
  },
  '001': {
    moves: [
      [0xc420000000n, 0xc424000000n, 0x600000n],
      [0x401000n, 0x800000n, 0x20000n],
      [0x7f0f00000000n, 0x7f1000000000n, 0x5000000n],
    ],
    names: [
      ['prometheus', 'barometer'],
      ['node_exporter', 'disk_watcher'],
      ['LabelPair', 'NamedPair'],
    ],
  },
  '002': {
    moves: [
      [0xc000000000n, 0xc004000000n, 0x2000000n],
      [0x401000n, 0x560000n, 0x30000n],
      [0x7fffffffd000n, 0x7fffffffe000n, -0x4000n],
    ],
    names: [
      ['stacker', 'piler'],
      ['swapper', 'turner'],
      ['main.swap', 'main.turn'],
    ],
  },
  '003': {
    moves: [
      // Inside the first arena part that is mapped: the borders of mappings stay.
      [0xc000001000n, 0xc0003c0000n, 0x40000n],
      [0x7f8e00000000n, 0x7f8f00000000n, 0x120000000n],
    ],
    names: [
      ['schemaExporter', 'headExporter'],
      ['cdata', 'xdata'],
      ['github.com/apache/arrow', 'example.org/quiver'],
      ['ArrowSchema', 'ShelfHeader'],
    ],
  },
};

/** A return probe's page where the kernel finds it full: anywhere below the stack. */
const probePage = [0x7fffffffe000n, 0x7ffff7e25000n];

/**
 * The report `number` as it is, and its copies: what to read, what must be found. `part` copies lack a half: they may yield less, but
 * nothing that the whole does not.
 * @returns {{ name: string, text: string, facts: Fact[], part: boolean }[]}
 */
export function huntsOf(number, original) {
  const expected = facts[number];
  if (expected === undefined) return [];
  const how = others[number];
  const same = new Process();
  const other = new Process(how);
  const whole = (name, text, process = same) => ({ name, text, facts: expected(process), part: false });
  const copies = [
    whole('as posted', original),
    whole('at other addresses', new Process({ moves: how.moves }).text(original), new Process({ moves: how.moves })),
    whole('with other names', new Process({ names: how.names }).text(original), new Process({ names: how.names })),
    whole('quoted', quoted(original)),
    whole('in a Markdown block', inMarkdown(original)),
    whole('wrapped', wrapped(original)),
    whole('of another process', other.text(original), other),
    whole('of another process, quoted and wrapped', quoted(wrapped(other.text(original))), other),
  ];
  if (how.constants !== undefined) {
    const constants = new Process({ constants: how.constants });
    copies.push(whole('with other constants', constants.text(original), constants));
  }
  if (number === '002') {
    const page = new Process({ constants: [probePage] });
    // The page is known by its place; elsewhere only a mapping tells whose it is.
    const found = expected(page).filter(({ what }) => !what.startsWith('the first finding is'));
    copies.push({ name: 'with the probe elsewhere', text: page.text(original), facts: found, part: false });
  }
  if (/\((?:gdb|rr)\) /.test(original))
    for (const prompt of ['(gdb) ', '(rr) ', 'gef➤  ', 'pwndbg> '])
      copies.push(whole(`under the prompt ${prompt.trim()}`, prompted(original, prompt)));
  for (const [index, text] of halves(original).entries())
    copies.push({ name: index === 0 ? 'first half' : 'second half', text, facts: [], part: true });
  return copies;
}

/** Rules that tell the class of a crash or its circumstances, and accuse nothing. */
const markers = ['FP-02', 'FAULT-01', 'DUMP-01', 'DBG-01', 'DBG-02'];

const rulesOf = (report) => [
  ...report.findings.flatMap((finding) => [finding.rule, ...(finding.explains ?? [])]),
  ...(report.also ?? []).flatMap(rulesOf),
];
const bogusOf = (report) => [...report.bogusPointers.map(({ value }) => value), ...(report.also ?? []).flatMap(bogusOf)];

/** What the report of a part says that the report of the whole does not. */
export function inventions(part, whole) {
  const rules = new Set([...rulesOf(whole), ...markers]);
  const values = new Set(bogusOf(whole));
  const firsts = [part, ...(part.also ?? [])].flatMap((report) => report.findings.slice(0, 1));
  return [
    ...firsts
      .filter((finding) => finding.confidence !== 'possible' && !rules.has(finding.rule))
      .map((finding) => `an accusation that the whole does not make: ${finding.rule}`),
    ...bogusOf(part)
      .filter((value) => !values.has(value))
      .map((value) => `${value} named as bogus, which it is not in the whole`),
  ];
}
