/** Whose frame it is in a stack that a sanitizer printed. */
import type { SanitizerFrame } from '../../model/reason.ts';

/** The sanitizer's own wrappers and the C library, which do what they were asked to. */
const wrappers =
  /^(?:__interceptor_|___?interceptor_|__asan_|__hwasan_|__msan_|__sanitizer|wrap_|_?_?GI_|raise$|abort$|gsignal$)/;
const plain =
  /^(?:__)?(?:malloc|calloc|realloc|free|mem(?:cpy|move|set|cmp|chr)|str(?:n?cpy|n?cat|n?cmp|len|n?dup|chr|rchr)|s?n?printf|operator (?:new|delete)\S*)(?:_chk)?$/;

/** The innermost frame of neither. */
export function ownFrame(frames: readonly SanitizerFrame[]): SanitizerFrame | undefined {
  return frames.find(({ function: name }) => name !== undefined && !wrappers.test(name) && !plain.test(name));
}
