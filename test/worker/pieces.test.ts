import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/worker/client.ts';
import { createHandler } from '../../src/worker/handler.ts';
import { pieceBytes } from '../../src/worker/pieces.ts';
import type { InputPart, Request } from '../../src/worker/protocol.ts';

/** A dump longer than two pieces, and a short part beside it. */
function largeParts(): InputPart[] {
  const block = 'goroutine 7 [select]:\nmain.wait(0x1)\n\t/srv/x.go:1 +0x1\n\n';
  const text = block.repeat(Math.ceil((pieceBytes * 2.5) / block.length));
  return [
    { name: 'large', bytes: new TextEncoder().encode(text) },
    { name: 'small', bytes: new TextEncoder().encode(block) },
  ];
}

function setUp() {
  const sent: Request[] = [];
  let ended = false;
  const client = createClient(({ onResponse }) => {
    const handle = createHandler((response, transfer) => onResponse(structuredClone(response, { transfer })));
    return {
      postMessage: (message, transfer) => {
        const arrived = structuredClone(message, { transfer });
        sent.push(arrived);
        void handle(arrived);
      },
      terminate: () => {
        ended = true;
      },
    };
  });
  return { client, sent, hasEnded: () => ended };
}

describe('large parts', () => {
  it('arrive in pieces and keep their bytes on the page', async () => {
    const { client, sent } = setUp();
    const parts = largeParts();
    const size = parts[0]?.bytes.length ?? 0;
    const outcome = await client.analyse(parts).promise;
    if (outcome.type !== 'case') throw new Error(outcome.type);
    expect(sent.map(({ type }) => type)).toEqual(['bytes', 'bytes', 'bytes', 'analyse']);
    expect(parts[0]?.bytes.length).toBe(size);
    expect(outcome.view.documents.map(({ bytes }) => bytes.length)).toEqual(parts.map(({ bytes }) => bytes.length));
    expect(outcome.view.documents[0]?.bytes).toBe(parts[0]?.bytes);
    expect(outcome.view.snapshots[0]?.snapshot.coverage.unrecognised).toEqual([]);
  });

  it('stop travelling when the analysis is cancelled', async () => {
    const { client, sent, hasEnded } = setUp();
    const run = client.analyse(largeParts());
    run.cancel();
    expect(await run.promise).toEqual({ type: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(hasEnded()).toBe(true);
    expect(sent.map(({ type }) => type)).toEqual(['bytes']);
  });
});
