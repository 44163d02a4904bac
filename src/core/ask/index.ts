/** What to ask next. */
export { answeredOf } from './answered.ts';
export { requestsOf, scriptFor, scriptOf } from './script.ts';
export { delveWords, wordsAt, type DebuggerName, type Request } from './request.ts';
