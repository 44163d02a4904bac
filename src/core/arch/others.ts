/** Architectures on which Go keeps no frame pointer: their frames are placed, their chains are not drawn. */
import { offsetBy } from '../model/address.ts';
import type { ArchitectureName } from '../model/process.ts';
import type { Architecture, FramePlace } from './architecture.ts';

interface Shape {
  name: ArchitectureName;
  wordSize: 4 | 8;
  bigEndian?: boolean;
  stackPointer: string;
  programCounter: string;
  linkRegister?: string;
  goroutineRegister?: string;
  instructionAlignment: number;
  shortestCall?: number;
}

/** Machines with a link register keep the return address at the bottom of the frame that saved it; 386 pushes it. */
function withoutFramePointer(shape: Shape): Architecture {
  const { bigEndian = false, ...rest } = shape;
  const word = BigInt(shape.wordSize);
  return {
    ...rest,
    bigEndian,
    wholeFaultAddress: true,
    returnAddressAt: shape.linkRegister === undefined ? 'frame-top' : 'frame-bottom',
    returnSlot:
      shape.linkRegister === undefined
        ? (place: FramePlace) => (place.fp - place.sp >= word ? offsetBy(place.fp, -word) : undefined)
        : (place: FramePlace) => (place.fp > place.sp ? place.sp : undefined),
    framePointerSlot: () => undefined,
    // After an injected call the leaf's saved link register takes one (aligned) word between the frames.
    joins: (place: FramePlace) => [place.fp, offsetBy(place.fp, word), offsetBy(place.fp, word * 2n)],
  };
}

const shapes: readonly Shape[] = [
  { name: '386', wordSize: 4, stackPointer: 'esp', programCounter: 'eip', instructionAlignment: 1, shortestCall: 2 },
  {
    name: 'arm',
    wordSize: 4,
    stackPointer: 'sp',
    programCounter: 'pc',
    linkRegister: 'lr',
    goroutineRegister: 'r10',
    instructionAlignment: 4,
  },
  {
    name: 'loong64',
    wordSize: 8,
    stackPointer: 'r3',
    programCounter: 'pc',
    linkRegister: 'r1',
    goroutineRegister: 'r22',
    instructionAlignment: 4,
  },
  {
    name: 'mips',
    wordSize: 4,
    bigEndian: true,
    stackPointer: 'r29',
    programCounter: 'pc',
    linkRegister: 'r31',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'mipsle',
    wordSize: 4,
    stackPointer: 'r29',
    programCounter: 'pc',
    linkRegister: 'r31',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'mips64',
    wordSize: 8,
    bigEndian: true,
    stackPointer: 'r29',
    programCounter: 'pc',
    linkRegister: 'r31',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'mips64le',
    wordSize: 8,
    stackPointer: 'r29',
    programCounter: 'pc',
    linkRegister: 'r31',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'ppc64',
    wordSize: 8,
    bigEndian: true,
    stackPointer: 'r1',
    programCounter: 'pc',
    linkRegister: 'link',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'ppc64le',
    wordSize: 8,
    stackPointer: 'r1',
    programCounter: 'pc',
    linkRegister: 'link',
    goroutineRegister: 'r30',
    instructionAlignment: 4,
  },
  {
    name: 'riscv64',
    wordSize: 8,
    stackPointer: 'sp',
    programCounter: 'pc',
    linkRegister: 'ra',
    goroutineRegister: 's11',
    instructionAlignment: 2,
  },
  {
    name: 's390x',
    wordSize: 8,
    bigEndian: true,
    stackPointer: 'r15',
    programCounter: 'pc',
    linkRegister: 'r14',
    goroutineRegister: 'r13',
    instructionAlignment: 2,
  },
  { name: 'wasm', wordSize: 8, stackPointer: 'sp', programCounter: 'pc', instructionAlignment: 1 },
];

export const others: readonly Architecture[] = shapes.map(withoutFramePointer);
