import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/core/share/base64url.ts';
import { crc32 } from '../../../src/core/share/crc32.ts';
import { decodeLink, encodeLink, type LinkContent } from '../../../src/core/share/index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const linkOf = (json: unknown) => `#1.${deflateRawSync(JSON.stringify(json)).toString('base64url')}`;
const trace = 'panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n';
const content: LinkContent = {
  documents: [
    { name: 'trace.txt', bytes: bytesOf(trace) },
    { name: 'raw.bin', bytes: Uint8Array.of(0, 255, 254, 10) },
  ],
  view: { view: 'stack', goroutine: '1', address: '0xc000040ec8', flipped: true },
};

async function reasonOf(link: string): Promise<string> {
  const decoded = await decodeLink(link);
  return decoded.ok ? 'opened' : decoded.reason;
}

describe('codecs', () => {
  it('knows the check value of CRC-32', () => {
    expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
    expect(crc32(bytesOf('6789'), crc32(bytesOf('12345')))).toBe(0xcbf43926);
  });

  it('round-trips any bytes through base64url, as Node writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  it('refuses characters that are no digits', () => {
    expect(fromBase64Url('ab*d')).toBeUndefined();
    expect(fromBase64Url('abü')).toBeUndefined();
  });
});

describe('links of form 1', () => {
  it('round-trips any documents and view', async () => {
    const document = fc.record({
      name: fc.string({ unit: 'grapheme' }),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 300 }).map((text) => new Uint8Array(bytesOf(text))),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 4 }), fc.boolean(), async (documents, flipped) => {
        const link = await encodeLink({ documents, view: { view: 'frames', goroutine: '42', flipped } });
        expect(link).toMatch(/^#1\.[\w-]+$/);
        expect(await decodeLink(link)).toEqual({ ok: true, documents, view: { view: 'frames', goroutine: '42', flipped } });
      }),
      { numRuns: 60 },
    );
  });

  it('opens the golden link', async () => {
    const golden = readFileSync('test/fixtures/share/form-1.txt', 'utf8').trim();
    expect(await decodeLink(golden)).toEqual({ ok: true, ...content });
  });

  it('opens a link as mail, chat and trackers leave it', async () => {
    const link = await encodeLink(content);
    const whole = `https://example.org/framewalk/${link}`;
    const twice = encodeURIComponent(encodeURIComponent(whole));
    const wrapped = whole.replace(/.{60}/g, '$&\r\n  ');
    for (const form of [link, link.slice(1), whole, twice, wrapped, `<${link}>`, `(see ${link}).`, `${link}==`]) {
      expect(await decodeLink(form), form).toEqual({ ok: true, ...content });
    }
  });

  it('ignores keys that it does not know and views that it does not have', async () => {
    const link = linkOf({
      version: 1,
      documents: [{ name: 'a', text: 'x', colour: 'red' }],
      crc32: crc32(bytesOf('x')),
      view: { view: 'heap', goroutine: '7', address: 'nowhere', zoom: 3 },
      notes: [],
    });
    expect(await decodeLink(link)).toEqual({
      ok: true,
      documents: [{ name: 'a', bytes: bytesOf('x') }],
      view: { goroutine: '7' },
    });
  });
});

describe('links that do not open', () => {
  it('fails at every length of a cut-off link, and says so', async () => {
    const link = await encodeLink(content);
    for (let length = 0; length < link.length; length++) {
      const expected = length < 3 ? 'not-a-link' : 'cut-off';
      expect(await reasonOf(link.slice(0, length)), String(length)).toBe(expected);
    }
  });

  it('never throws and never opens another case when one character changes', async () => {
    const link = await encodeLink(content);
    for (let at = 3; at < link.length; at++) {
      const other = link[at] === 'A' ? 'B' : 'A';
      const decoded = await decodeLink(link.slice(0, at) + other + link.slice(at + 1));
      if (decoded.ok) expect(decoded.documents.map(({ bytes }) => bytes)).toEqual(content.documents.map(({ bytes }) => bytes));
    }
  });

  it('never throws for any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await reasonOf(text)).not.toBe('opened');
        expect(await reasonOf(`#1.${text}`)).not.toBe('opened');
      }),
      { numRuns: 200 },
    );
  });

  it('tells a newer form, no link and bad digits apart', async () => {
    expect(await reasonOf('#2.abcd')).toBe('newer');
    expect(await reasonOf('#10.abcd')).toBe('newer');
    expect(await reasonOf('#0.abcd')).toBe('not-a-link');
    expect(await reasonOf('#goroutine-1')).toBe('not-a-link');
    expect(await reasonOf('')).toBe('not-a-link');
    expect(await reasonOf('#1.ab*d')).toBe('mangled');
    expect(await reasonOf('#1.%E0%A4%A')).toBe('mangled');
  });

  it('tells a wrong check sum, a wrong schema and JSON that is none', async () => {
    const documents = [{ name: 'a', text: 'x' }];
    expect(await reasonOf(linkOf({ version: 1, documents, crc32: crc32(bytesOf('y')) }))).toBe('mangled');
    expect(await reasonOf(linkOf({ version: 1, documents: [{ name: 'a' }], crc32: 0 }))).toBe('mangled');
    expect(await reasonOf(linkOf({ version: 2, documents, crc32: crc32(bytesOf('x')) }))).toBe('mangled');
    expect(await reasonOf(linkOf('text'))).toBe('mangled');
    expect(await reasonOf(`#1.${deflateRawSync('['.repeat(200_000)).toString('base64url')}`)).toBe('mangled');
    expect(await reasonOf(`#1.${deflateRawSync(Uint8Array.of(0xff, 0xfe)).toString('base64url')}`)).toBe('mangled');
  });

  it('stops inflating a bomb', async () => {
    const bomb = deflateRawSync(new Uint8Array(80 * 1024 * 1024));
    expect(inflateRawSync(bomb).length).toBe(80 * 1024 * 1024);
    expect(await reasonOf(`#1.${bomb.toString('base64url')}`)).toBe('too-large');
    const steep = deflateRawSync(new Uint8Array(8 * 1024 * 1024));
    expect(await reasonOf(`#1.${steep.toString('base64url')}`)).toBe('too-large');
  });

  it('does not write a link that it would not open', async () => {
    const zeros = { name: 'zeros', bytes: new Uint8Array(16 * 1024 * 1024).fill(0x20) };
    await expect(encodeLink({ documents: [zeros], view: {} })).rejects.toThrow('too large for a link');
  });
});
