/** Wrappers as logs, mails and web pages make them: the inverse of the layers. */
const lines = (text: string) => text.split('\n').slice(0, -1);
const each = (text: string, wrap: (line: string, index: number) => string) =>
  lines(text)
    .map((line, index) => `${wrap(line, index)}\n`)
    .join('');
const two = (value: number) => String(value % 60).padStart(2, '0');
const escapeHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');

const event = (fields: Record<string, string>) => `${JSON.stringify({ Time: '2026-03-04T05:06:07.8Z', ...fields })}\n`;

/** As RFC 2045 asks: equals signs and blanks before line ends escaped, no line longer than 76. */
function quotedPrintable(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  let out = '';
  let column = 0;
  bytes.forEach((byte, index) => {
    if (byte === 10) {
      out += '\n';
      column = 0;
      return;
    }
    const blank = (byte === 32 || byte === 9) && bytes[index + 1] === 10;
    const plain = byte !== 0x3d && !blank && (byte === 9 || (byte >= 32 && byte < 127));
    const token = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (column + token.length > 75) {
      out += '=\n';
      column = 0;
    }
    out += token;
    column += token.length;
  });
  return out;
}

export interface Wrapper {
  name: string;
  /** Layers expected for it alone. */
  layers: string[];
  wrap(text: string): string;
}

export const wrappers: readonly Wrapper[] = [
  { name: 'bom', layers: ['bom'], wrap: (text) => `\ufeff${text}` },
  { name: 'crlf', layers: ['crlf'], wrap: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'lone returns', layers: ['crlf'], wrap: (text) => text.replaceAll('\n', '\r') },
  {
    name: 'ansi',
    layers: ['ansi'],
    wrap: (text) => each(text, (line) => `\u001b]0;t\u0007\u001b[1;31m${line}\u001b[0m`),
  },
  {
    name: 'docker json',
    layers: ['json'],
    wrap: (text) =>
      each(text, (line, n) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: `2026-03-04T05:06:${two(n)}Z` })),
  },
  {
    name: 'structured json',
    layers: ['json'],
    wrap: (text) => `${JSON.stringify({ level: 'error', ts: 1.5, code: 2, stderr: text })}\n`,
  },
  {
    // Pages put their end in place of the last line's end, whichever it is.
    name: 'html',
    layers: ['html'],
    wrap: (text) => `<div class="post"><pre><code>${escapeHtml(text).replace(/\r?\n$/, '')}</code></pre></div>\n`,
  },
  {
    name: 'cri',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `2026-03-04T05:06:${two(n)}.123456789Z stderr F ${line}`),
  },
  {
    name: 'syslog',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `Nov  4 09:29:${two(n)} depot-1 app[123]: ${line}`),
  },
  {
    name: 'compose',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `${n % 9 === 8 ? 'db-10' : 'app-1'}  | ${line}`),
  },
  {
    name: 'go log',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `2026/11/21 09:29:${two(n)} run.go:12: ${line}`),
  },
  {
    name: 'klog',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `E1121 09:29:${two(n)}.603000   17 run.go:10] ${line}`),
  },
  { name: 'kubectl', layers: ['prefix'], wrap: (text) => each(text, (line) => `[pod/web-7f/app] ${line}`) },
  {
    name: 'own prefix',
    layers: ['prefix'],
    wrap: (text) => each(text, (line, n) => `{${n}.${n * 7}} worker-${n % 4} :: ${line}`),
  },
  { name: 'quoted', layers: ['quoted'], wrap: (text) => each(text, (line) => (line === '' ? '>' : `> ${line}`)) },
  { name: 'quoted twice', layers: ['quoted'], wrap: (text) => each(text, (line) => `> > ${line}`) },
  { name: 'indented', layers: ['indentation'], wrap: (text) => each(text, (line) => (line === '' ? '' : `    ${line}`)) },
  { name: 'comment', layers: ['indentation'], wrap: (text) => each(text, (line) => `\t// ${line}`) },
  {
    name: 'go test',
    layers: ['go-test-json'],
    wrap: (text) =>
      event({ Action: 'start', Package: 'ex.com/a' }) +
      lines(text)
        .map((line, n) =>
          event({ Action: 'output', Package: 'ex.com/a', ...(n > 3 ? { Test: 'TestA' } : {}), Output: `${line}\n` }),
        )
        .join('') +
      event({ Action: 'fail', Package: 'ex.com/a' }),
  },
  {
    name: 'logfmt',
    layers: ['logfmt'],
    wrap: (text) => each(text, (line, n) => `time=2026-03-04T05:06:${two(n)}Z level=error msg=${JSON.stringify(line)} n=${n}`),
  },
  {
    name: 'slog',
    layers: ['logfmt'],
    wrap: (text) => `level=ERROR code=2 stack=${JSON.stringify(text)}\n`,
  },
  { name: 'quoted-printable', layers: ['quoted-printable'], wrap: quotedPrintable },
  {
    name: 'newest first',
    layers: ['reversed'],
    wrap: (text) => `${lines(text).reverse().join('\n')}\n`,
  },
];
