/** The walk by frame pointers and the checks of frame borders. */
export { buildChain } from './chain.ts';
export { checkJoins } from './joins.ts';
export { placedFrames, type PlacedFrame } from './places.ts';
export { framesFromWords, type FoundBy, type WordFrame, type WordFrames } from './from-words.ts';
