/** What to ask next. */
export { requestsOf, scriptFor } from './script.ts';
export type { DebuggerName, Request } from './request.ts';
