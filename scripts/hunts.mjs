// The hunts of the incident reports beside the project: what each report, read whole, must yield.
// Used by scripts/conformance.mjs; the project's own texts of the same shapes are in test/acceptance/hunts.test.ts.

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

/** By the number with which the file's name begins. @type {Record<string, Fact[]>} */
export const hunts = {
  '000': [
    first('FP-05'),
    names('memory_memset_neon'),
    bogus('0xc3ffa97ffbfd'),
    bogus('0xc3ffa97ffc05', 'fault address'),
    everyLine,
  ],
  '001': [first('MC-01'), crashes(4), bogus('0xc4203e2fb0'), everyLine],
  '002': [
    first('RA-01'),
    names('main.stacker'),
    bogus('0x7fffffffe000', '0xc000074f40'),
    words('0xc000074df0', '0xc000075000'),
    words('0xc00011af08', '0xc00011af28'),
    link('0xc000074f38', '0xc000074f70', 'ok'),
    link('0xc000074fd0', '0x0', 'end'),
    everyLine,
  ],
  '003': [
    first('CGO-01'),
    names('cdata.(*schemaExporter).finish'),
    bogus('0xc0002ff000'),
    words('0xc00004fd10', '0xc00004fd30'),
    words('0x7f8e250f9480', '0x7f8e250f9490'),
    trail('0xc0002ff000', ['0x7f8e250f9480', '0xc00004fd18']),
    told('runtime.copystack wrote'),
    told('the field format of *out'),
    told('slot 341 of p.wbBuf'),
    everyLine,
  ],
};
