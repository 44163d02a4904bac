/** Reports of an analysed case. */
export { askScript } from './ask.ts';
export { sessionOf } from './session.ts';
export { streamReport, toReport, type ReportOptions, type StreamedReport } from './json.ts';
export { toText, type TextOptions } from './text.ts';
export { toMarkdown } from './markdown.ts';
