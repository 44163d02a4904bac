/** The architectures, by GOARCH name. */
import type { ArchitectureName } from '../model/process.ts';
import { amd64 } from './amd64.ts';
import { arm64 } from './arm64.ts';
import type { Architecture } from './architecture.ts';
import { others } from './others.ts';

export { decodeInstruction } from './arm64-instructions.ts';
export { alignedAccess, alignedAccessOfBytes, type AlignedAccess } from './aligned-access.ts';
export { callTarget, isBreakpoint, isCall, isReturn, mayTouchMemory, mentionedTarget } from './control-flow.ts';
export { immediateOf, parseInstruction, registerName, type ParsedInstruction } from './instruction-parts.ts';
export {
  baseOfEight,
  framePointerEffect,
  isLoad,
  isStackProbe,
  makesGoFrame,
  movedConstant,
  stackLowering,
  storesFramePair,
} from './stack-instructions.ts';
export { memoryOperand, type MemoryOperand } from './memory-operand.ts';
export type { Architecture, FramePlace } from './architecture.ts';

const byName = new Map<ArchitectureName, Architecture>([amd64, arm64, ...others].map((one) => [one.name, one]));

export function architectureOf(name: ArchitectureName | undefined): Architecture | undefined {
  return name === undefined ? undefined : byName.get(name);
}
