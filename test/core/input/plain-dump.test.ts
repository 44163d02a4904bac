/** Where a text looks like a plain dump, no layer would have been found. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDocuments } from '../../../src/core/input/index.ts';
import { layers } from '../../../src/core/input/layers/index.ts';
import { isPlainDump } from '../../../src/core/input/plain-dump.ts';
import { stageText } from '../../../src/core/input/sample.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(join(root, path)).isFile() && !path.endsWith('.ts') && !path.endsWith('.json'))
  .sort();

const block = ['goroutine 7 [select, 3 minutes]:', 'main.wait(0x1, {0x2, 0x3})', '\t/src/a.go:12 +0x1f', ''];
const dump = [...block, ...block, ...block].join('\n');
const isPlain = (text: string) => isPlainDump(stageText(new TextEncoder().encode(text)).windows);

describe('plain dumps', () => {
  it('are told by all their lines', () => {
    expect(isPlain(dump)).toBe(true);
    for (const [from, to] of [
      ['goroutine 7', '> goroutine 7'],
      ['\t/src', '/src'],
      ['\t/src', '    /src'],
      ['[select', '[select\u001b[0m'],
      ['main.wait', '&lt;main.wait'],
      [', {0x2', ',\n{0x2'],
      ['12 +0x1f', '12 =\n+0x1f'],
    ] as const)
      expect(isPlain(dump.replace(from, to)), to).toBe(false);
  });

  it('are not reversed', () => {
    expect(isPlain(dump.split('\n').reverse().join('\n'))).toBe(false);
  });

  it('have no layers', async () => {
    let plain = 0;
    for (const path of paths) {
      const given = new Uint8Array(readFileSync(join(root, path)));
      const [document] = await openDocuments([{ name: path, bytes: given }]);
      for (const bytes of [given, document?.text.bytes ?? given]) {
        const lines = new TextDecoder().decode(bytes).split('\n');
        // Every part of a dump that begins at a header.
        for (let from = 0; from < lines.length; from++) {
          if (!(lines[from] ?? '').startsWith('goroutine ')) continue;
          const stage = stageText(new TextEncoder().encode(lines.slice(from, from + 40).join('\n')));
          if (!isPlainDump(stage.windows)) continue;
          plain++;
          for (const layer of layers) expect(layer.detect(stage), `${layer.name} of ${path}:${String(from + 1)}`).toBeUndefined();
        }
      }
    }
    expect(plain).toBeGreaterThan(300);
  });
});
