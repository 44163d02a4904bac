/** What words are: classification and the index of the address space behind it. */
export { classifyWord, isNonCanonical } from './classify.ts';
export { decodeInstructionPair } from './instruction-pair.ts';
export { poisonName } from './poison.ts';
export { regionsOf, type Regions } from './regions.ts';
export { extentOf, goroutineStacks, guessStack } from './stacks.ts';
export { fieldOffsets, placedFields } from './struct-layout.ts';
export { fieldMeaning, staleSigns, type StaleSign } from './struct-signs.ts';
export { asciiOf, floatOf, utf16Of } from './text-bytes.ts';
