/** Numbers of the first fixture of a rule, others in their place, and what the finding says with each. */

export interface OtherNumbers {
  rule: string;
  /** Texts of the fixture, each with what stands in its place: every occurrence. */
  swaps: readonly (readonly [before: string, after: string])[];
  /** What headline or explanation says before, and what it says instead. */
  says: readonly (readonly [before: string, after: string])[];
}

export const otherNumbers: readonly OtherNumbers[] = [
  {
    rule: 'NIL-01',
    swaps: [['addr=0x18', 'addr=0x68']],
    says: [
      ['offset `0x18`', 'offset `0x68`'],
      ['24 bytes into', '104 bytes into'],
    ],
  },
  {
    rule: 'NIL-02',
    swaps: [['0x12c40', '0x21d50']],
    says: [
      ['`0x12c40`', '`0x21d50`'],
      ['76864 bytes', '138576 bytes'],
    ],
  },
  { rule: 'NIL-03', swaps: [['0xffffffffffffffff', '0xfffffffffffffffa']], says: [['number -1 ', 'number -6 ']] },
  { rule: 'SIG-01', swaps: [['0x579e', '0x1a2b']], says: [['pid 22430', 'pid 6699']] },
  { rule: 'SIG-02', swaps: [['signal 23 received', 'signal 35 received']], says: [['signal 23', 'signal 35']] },
  { rule: 'STK-01', swaps: [['exceeds 1000000000-byte', 'exceeds 250000000-byte']], says: [['1,000,000,000', '250,000,000']] },
  { rule: 'STK-04', swaps: [['0x123', '0x457']], says: [['`0x123` (291)', '`0x457` (1111)']] },
  {
    rule: 'STK-05',
    swaps: [
      ['$16-16', '$24-16'],
      ['24(SP)', '40(SP)'],
    ],
    says: [
      ['frame of 16 bytes', 'frame of 24 bytes'],
      ['offset 24', 'offset 40'],
    ],
  },
  { rule: 'MEM-01', swaps: [['33554432-byte', '71303168-byte']], says: [['33,554,432', '71,303,168']] },
  { rule: 'PANIC-02', swaps: [['[10:3]', '[44:19]']], says: [['from 10 to 3', 'from 44 to 19']] },
  { rule: 'TEST-01', swaps: [['timed out after 1s', 'timed out after 2m30s']], says: [['`1s`', '`2m30s`']] },
  {
    rule: 'GC-06',
    swaps: [['nelems=252 nalloc=252 previous allocCount=1', 'nelems=128 nalloc=97 previous allocCount=12']],
    says: [['252 live objects where no more than 1 ', '97 live objects where no more than 12 ']],
  },
  {
    rule: 'GC-04',
    swaps: [
      ['+0x18)', '+0x10)'],
      ['*(object+24)', '*(object+8 )'],
      ['*(object+16)', '*(object+24)'],
      ['*(object+8 )', '*(object+16)'],
    ],
    says: [['offset 24', 'offset 16']],
  },
  { rule: 'MC-03', swaps: [['614d206c69746e75', '3438206576657773']], says: [['until Ma', 'sweve 84']] },
  { rule: 'MC-05', swaps: [['4045000000000000', '4058c00000000000']], says: [['the number 42', 'the number 99']] },
  { rule: 'MC-04', swaps: [['deadbeefdeadbeef', 'cdcdcdcdcdcdcdcd']], says: [['`0xdeadbeefdeadbeef`', '`0xcdcdcdcdcdcdcdcd`']] },
  {
    rule: 'MC-07',
    swaps: [['1a4040', '2b8010']],
    says: [['half of the pointer `0x2c7f001a4040`', 'half of the pointer `0x2c7f002b8010`']],
  },
  {
    rule: 'NC-03',
    swaps: [['0x9100c3ffa97ffbfd', '0x9100a3ffa97dfbfd']],
    says: [['`0x9100c3ffa97ffbfd`', '`0x9100a3ffa97dfbfd`']],
  },
  {
    rule: 'FP-08',
    swaps: [
      ['1d4c3b2a1908', '2b5d6e7f8098'],
      ['1d4c3b2a1910', '2b5d6e7f80a0'],
    ],
    says: [['`0x1d4c3b2a1908`', '`0x2b5d6e7f8098`']],
  },
  { rule: 'FAULT-02', swaps: [['0x5547475080', '0x5547475200']], says: [['`0x5547475080`', '`0x5547475200`']] },
  { rule: 'BUS-01', swaps: [['0xf7b47456', '0xf7b49e02']], says: [['`0xf7b47456`', '`0xf7b49e02`']] },
  { rule: 'JMP-02', swaps: [['0xc000123450', '0xc000127770']], says: [['`0xc000123450`', '`0xc000127770`']] },
  {
    rule: 'RACE-02',
    swaps: [['capacity 824634220544', 'capacity 4948170018816']],
    says: [['capacity of 824634220544', 'capacity of 4948170018816']],
  },
  {
    rule: 'CGO-04',
    swaps: [
      ['WRITE of size 1 ', 'READ of size 8 '],
      ['20-byte region [0x603000000160,', '40-byte region [0x60300000014c,'],
    ],
    says: [['wrote 1 byte past the end of a block of 20 bytes', 'read 8 bytes past the end of a block of 40 bytes']],
  },
  { rule: 'DL-02', swaps: [['11 minutes', '37 minutes']], says: [['11 minutes', '37 minutes']] },
];
