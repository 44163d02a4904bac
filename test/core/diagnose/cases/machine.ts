/** Rules about C code under a sanitizer and about the machine: CGO-04, BUS-02, MC-06, MC-08. */
import { own, plain, pointers, together, type Input, type RuleCase } from './case.ts';

const written = own('cgo-04-past-the-end');
const freed = own('cgo-04-use-after-free');
const truncated = plain('bus-01-truncated-file');
const faulted = pointers('heap-fault-go1.25');
const named = plain('panic-01-string');

const text = (name: string, ...lines: string[]): Input => ({ name, text: `${lines.join('\n')}\n` });

const lostPage = text(
  'a kernel log with a bad page map',
  '[ 8123.401133] BUG: Bad page map in process shipper  pte:2e5d8a80c025 pmd:1f2c067',
  '[ 8123.401190] addr:000000c000a4e000 vm_flags:08100073 anon_vma:ffff8800b1 mapping:(null) index:c000a4e',
);
const ownWords = text('words of a program', 'BUG: bad page map, please report to the shop');
const bootOf = (release: string): Input =>
  text(`the boot log of ${release}`, `[    0.000000] Linux version ${release} (builder@host) (gcc version 9.2.1) #1 SMP`);
const unameOf = (release: string): Input => text(`uname of ${release}`, `Linux depot7 ${release} #1 SMP x86_64 GNU/Linux`);
const tickless = text('a kernel without a tick', '[    0.011000] NO_HZ: Full dynticks CPUs: 1-7.');

export const machineCases: readonly RuleCase[] = [
  {
    rule: 'CGO-04',
    fires: [written, freed, own('cgo-04-double-free')],
    near: [
      {
        why: 'leaks are told when a process ends by itself',
        input: text(
          'a leak report',
          '==77==ERROR: LeakSanitizer: detected memory leaks',
          '',
          'Direct leak of 40 byte(s) in 1 object(s) allocated from:',
          '    #0 0x7f0a in malloc (/lib/libasan.so.8+0xb89cf)',
          '',
          'SUMMARY: AddressSanitizer: 40 byte(s) leaked in 1 allocation(s).',
        ),
      },
      { why: 'C code crashed without a sanitizer', input: pointers('cgo-segv-go1.19') },
    ],
  },
  {
    rule: 'BUS-02',
    fires: [together(lostPage, truncated), together(faulted, lostPage)],
    near: [
      { why: 'the kernel complained, but the program panicked by itself', input: together(lostPage, named) },
      { why: 'the words are the program’s own', input: together(ownWords, truncated) },
      { why: 'no word of the kernel', input: truncated },
    ],
  },
  {
    rule: 'MC-06',
    fires: [together(bootOf('5.3.7-301.fc31.x86_64'), faulted), together(faulted, unameOf('5.4.1-arch1-1'))],
    near: [
      { why: 'a mended release', input: together(bootOf('5.3.15-300.fc31.x86_64'), faulted) },
      { why: 'a mended release of the next line', input: together(unameOf('5.4.2-arch1-1'), faulted) },
      { why: 'an ordinary panic', input: together(bootOf('5.3.7-301.fc31.x86_64'), named) },
    ],
  },
  {
    rule: 'MC-08',
    fires: [together(bootOf('3.18.20-aufs'), faulted), together(tickless, faulted)],
    near: [
      { why: 'a kernel of today with its tick', input: together(unameOf('6.1.0-13-amd64'), faulted) },
      { why: 'an ordinary panic', input: together(tickless, named) },
      { why: 'two kernels: it is not known which one ran', input: together(unameOf('3.18.20'), unameOf('6.1.0'), faulted) },
    ],
  },
];
