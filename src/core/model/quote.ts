/** Program text inside a sentence: one line between backticks, cut at a stated length. */

/** Longest quotation, in UTF-16 units. */
const longestQuote = 120;

/** First line of `text` between backticks, cut at `longestQuote` and marked when cut; backticks inside become apostrophes. */
export function code(text: string): string {
  const clipped = text.slice(0, longestQuote * 4).trim();
  const first = /^[^\r\n]*/.exec(clipped)?.[0] ?? '';
  const line = `${first.replaceAll('`', "'").trimEnd()}${first.length < clipped.length ? ' …' : ''}`;
  return `\`${line.length > longestQuote ? `${line.slice(0, longestQuote - 1)}…` : line}\``;
}
