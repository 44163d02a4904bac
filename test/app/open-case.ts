/** Opens texts as the page would get them: through the client and the worker's handler, without a worker. */
import { createClient } from '../../src/worker/client.ts';
import { createHandler } from '../../src/worker/handler.ts';
import type { CaseView, InputPart } from '../../src/worker/protocol.ts';

export async function openParts(parts: readonly InputPart[]): Promise<CaseView> {
  const client = createClient(({ onResponse }) => {
    const handle = createHandler((response, transfer) => onResponse(structuredClone(response, { transfer })));
    return {
      postMessage: (message, transfer) => void handle(structuredClone(message, { transfer })),
      terminate: () => undefined,
    };
  });
  const outcome = await client.analyse(parts).promise;
  if (outcome.type !== 'case') throw new Error(outcome.type === 'failed' ? outcome.message : outcome.type);
  return outcome.view;
}

export async function openCase(...texts: string[]): Promise<CaseView> {
  const encoder = new TextEncoder();
  return openParts(texts.map((text, index) => ({ name: `part ${index + 1}`, bytes: encoder.encode(text) })));
}

/** Two goroutines with the same stack, one that crashed, and words of its stack. */
export const session = `(gdb) x/4xg 0xc000040ea8
0xc000040ea8:\t0x000000c000062070\t0x000000c000040ef0
0xc000040eb8:\t0x0000000000000001\t0x0000000000000000
(gdb) continue
fatal error: unexpected signal during runtime execution
[signal SIGSEGV: segmentation violation code=0x1 addr=0x30bc5b31 pc=0x42ad85]

goroutine 2 gp=0xc000006a80 m=0 mp=0x50e6a0 [running]:
runtime.chansend1(0xc000040f6e?, 0x2?)
\truntime/chan.go:156 +0x17 fp=0xc000040ed8 sp=0xc000040ea8 pc=0x4049f7
main.(*shard).add(0xc000044018, {0xc000040f6e?, 0x0?, 0x0?})
\texample.com/ingest/main.go:15 +0x55 fp=0xc000040f08 sp=0xc000040ed8 pc=0x471915
created by main.main in goroutine 1
\texample.com/ingest/main.go:33 +0x9c

goroutine 17 gp=0xc000007000 m=nil [select, 12 minutes]:
runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)
\truntime/proc.go:424 +0xce fp=0xc000050f40 sp=0xc000050f20 pc=0x462a0e
main.serve()
\texample.com/ingest/serve.go:40 +0x31 fp=0xc000050fc8 sp=0xc000050f40 pc=0x471a31
created by main.main in goroutine 1
\texample.com/ingest/main.go:30 +0x9c

goroutine 18 gp=0xc000007180 m=nil [select, 3 minutes]:
runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)
\truntime/proc.go:424 +0xce fp=0xc000051f40 sp=0xc000051f20 pc=0x462a0e
main.serve()
\texample.com/ingest/serve.go:40 +0x31 fp=0xc000051fc8 sp=0xc000051f40 pc=0x471a31
created by main.main in goroutine 1
\texample.com/ingest/main.go:30 +0x9c
`;
