/** What is read of real dumps (test/fixtures/text), compared with listings beside them. GOLDEN=update writes these anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, render } from './render.ts';

const folder = new URL('../../fixtures/text/', import.meta.url);
const dumps = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('real dumps', () => {
  it('are there', () => expect(dumps.length).toBeGreaterThanOrEqual(100));

  it.each(dumps)('%s', (name) => {
    const listing = render(read(new Uint8Array(readFileSync(new URL(name, folder)))));
    const golden = new URL(name.replace(/\.txt$/, '.facts'), folder);
    if (process.env['GOLDEN'] === 'update') writeFileSync(golden, listing);
    expect(existsSync(golden)).toBe(true);
    expect(listing).toBe(readFileSync(golden, 'utf8'));
  });
});
