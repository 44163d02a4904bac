/** Pictures built by hand for the views' tests: three frames of an amd64 stack whose second link is broken. */
import { toAddress, type Address } from '../../../src/core/model/address.ts';
import type { ChainLink } from '../../../src/core/model/chain.ts';
import type { StackBand, StackPicture, StackRow } from '../../../src/core/model/picture.ts';

export const at = (value: bigint | number): Address => toAddress(value);

export function row(address: number, value: bigint | number | undefined, more: Partial<StackRow> = {}): StackRow {
  return {
    address: at(address),
    role: 'local',
    verdict: 'none',
    pointedBy: [],
    ...(value !== undefined && { value: BigInt(value) }),
    ...more,
  };
}

export function band(name: string, start: number, end: number, rows: StackRow[], more: Partial<StackBand> = {}): StackBand {
  return {
    frameRow: 0,
    function: name,
    inlined: [],
    kind: 'go',
    user: true,
    start: at(start),
    end: at(end),
    placed: 'printed',
    rows,
    gaps: [],
    ...more,
  };
}

export function link(slot: number, value: number, more: Partial<ChainLink> = {}): ChainLink {
  return { slot: at(slot), value: at(value), verdict: 'ok', pastBreak: false, ...more };
}

export function picture(bands: StackBand[], more: Partial<StackPicture> = {}): StackPicture {
  return { owner: '7', arch: 'amd64', wordSize: 8, chain: 0, links: [], bands, callouts: [], wordsKnown: 0, ...more };
}

const fp = (index: number, verdict: StackRow['verdict'] = 'ok'): Partial<StackRow> => ({
  role: 'saved-frame-pointer',
  link: index,
  verdict,
});
const returns: Partial<StackRow> = { role: 'return-address', verdict: 'ok' };

/** inner [0x1000,0x1030) → middle [0x1030,0x1050), bad link → outer [0x1050,0x1080) whose link ends the chain. */
export function brokenPicture(): StackPicture {
  return picture(
    [
      band('runtime.inner', 0x1000, 0x1030, [
        row(0x1000, 1),
        row(0x1008, 2),
        row(0x1010, 0x1058, { meaning: { kind: 'own-stack', text: 'this stack', inferred: false } }),
        row(0x1018, 0),
        row(0x1020, 0x1040, fp(0)),
        row(0x1028, 0x400100, returns),
      ]),
      band('main.middle', 0x1030, 0x1050, [
        row(0x1030, 0xc000012340n, { meaning: { kind: 'heap', text: 'Go heap', inferred: false } }),
        row(0x1038, 5),
        row(0x1040, 0x30bc5b29, fp(1, 'bogus')),
        row(0x1048, 0x400200, returns),
      ]),
      band('main.outer', 0x1050, 0x1080, [
        row(0x1050, 0),
        row(0x1058, 0x55667788n),
        row(0x1060, 0),
        row(0x1068, 0),
        row(0x1070, 0, fp(2)),
        row(0x1078, 0x400300, returns),
      ]),
    ],
    {
      links: [
        link(0x1020, 0x1040, { frame: 'runtime.inner' }),
        link(0x1040, 0x30bc5b29, {
          verdict: 'bogus',
          expected: at(0x1070),
          reason: 'not in any mapping',
          frame: 'main.middle',
        }),
        link(0x1070, 0, { verdict: 'end', pastBreak: true, frame: 'main.outer' }),
      ],
      callouts: [{ address: at(0x1040), title: 'Chain breaks here', found: '`0x30bc5b29`: not in any mapping' }],
    },
  );
}
