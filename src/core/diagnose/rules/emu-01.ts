/**
 * EMU-01: the program runs under user-mode emulation.
 *
 * A circumstance: an emulator is mapped into the process. Emulators fail at signals, threads and memory order in ways that look like
 * damaged memory; a native run settles it.
 */
import { isEmulator } from '../facts/mapping.ts';
import { conclusion } from '../facts/conclusion.ts';
import { code } from '../facts/wording.ts';
import type { Conclusion, Rule } from '../rule.ts';

export const emu01: Rule = {
  id: 'EMU-01',
  title: 'Run under emulation',
  marker: true,
  examine({ snapshot }): Conclusion[] {
    const mapping = snapshot.mappings.find((one) => one.file !== undefined && isEmulator(one.file));
    if (mapping?.file === undefined || snapshot.crash === undefined) return [];
    return [
      conclusion({
        headline: `The program runs under the emulator ${code(mapping.file)}`,
        confidence: 'likely',
        explanation:
          'The process executes code of another architecture through an emulator. Emulators differ from real processors in signals, threads and memory order, so a crash may be the emulator’s: repeat it on native hardware before you look for a defect.',
        evidence: [{ statement: `${code(mapping.file)} is mapped into the process.`, source: mapping.source }],
        next: [
          { why: 'Compare the architectures of program and machine', command: 'go version -m ./program | grep GOARCH; uname -m' },
        ],
        references: ['getsops/sops#2097'],
      }),
    ];
  },
};
