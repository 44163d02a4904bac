/** What to ask next. */
export { answeredOf } from './answered.ts';
export { requestsOf, scriptFor, scriptOf } from './script.ts';
export { wordsAt, type DebuggerName, type Request } from './request.ts';
