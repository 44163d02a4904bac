import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { requestsOf, scriptFor } from '../../../src/core/ask/index.ts';
import { snapshotOf } from '../assemble/support.ts';
import { huntText } from '../trail/hunt.ts';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/ask/${name}`, import.meta.url)), 'utf8');
const crash = fixture('crash.txt');
const answers = fixture('answers.gdb.txt');
const commandsIn = (script: string): string[] =>
  [...script.matchAll(/^python ask\((".*")\)$/gm)].map((match) => String(JSON.parse(match[1] ?? '""')));
const upTo = (text: string, mark: string): string => text.slice(0, text.indexOf(mark));

describe('what to ask next', () => {
  it('asks a bare dump for registers, slots, mappings and the goroutine', async () => {
    const commands = commandsIn(scriptFor(await snapshotOf(crash), 'gdb'));
    expect(commands[0]).toBe('info registers');
    expect(commands.filter((command) => /^x\/2gx 0x[0-9a-f]+$/.test(command))).toHaveLength(8);
    expect(commands).toContain('info proc mappings');
    expect(commands.some((command) => /^p\/x \(\('runtime\.g' \*\)0x[0-9a-f]+\)->sched$/.test(command))).toBe(true);
  });

  it('asks exactly what the recorded run was asked', async () => {
    const asked = [...answers.matchAll(/^\(gdb\) (.*)$/gm)].map((match) => match[1]);
    const first = commandsIn(scriptFor(await snapshotOf(crash), 'gdb'));
    expect(asked.slice(0, first.length)).toEqual(first);
  });

  it('is satisfied by the answers and asks on from them', async () => {
    const why = async (text: string) =>
      requestsOf(await snapshotOf(`${crash}\n${text}`)).map((request) => request.gdb[0]?.split(' ')[0]);
    expect(await why(upTo(answers, '(gdb) find'))).toEqual(['find', 'watch']);
    expect(await why(upTo(answers, '(gdb) disassemble'))).toEqual(['disassemble', 'watch']);
    expect(await why(answers)).toEqual(['watch']);
  });

  it('is satisfied by answers without their commands, as far as they tell for themselves', async () => {
    const bare = answers.replace(/^\(gdb\) .*\n/gm, '');
    const requests = requestsOf(await snapshotOf(`${crash}\n${bare}`));
    expect(
      requests.flatMap((request) => request.gdb).filter((command) => /^x\/2gx|^info/.test(command) && !/watch/.test(command)),
    ).toEqual(
      requests
        .filter((request) => request.runs === true)
        .flatMap((request) => request.gdb.filter((command) => command.startsWith('x/'))),
    );
  });

  it('finds the function with the answers that it only suspected before', async () => {
    const { analyse } = await import('../../../src/core/index.ts');
    const encode = (text: string) => new TextEncoder().encode(text);
    const analysed = await analyse([
      { name: 'crash.txt', bytes: encode(crash) },
      { name: 'answers.txt', bytes: encode(answers) },
    ]);
    expect(analysed.snapshots[0]?.findings[0]).toMatchObject({ rule: 'FP-01' });
    expect(analysed.snapshots[0]?.findings[0]?.headline).toContain('digest.Mix64');
  });
});

describe('the scripts', () => {
  it('let the program run only under rr', async () => {
    const snapshot = await snapshotOf(`${crash}\n${answers}`);
    expect(scriptFor(snapshot, 'gdb')).toMatch(/^# python ask\("watch /m);
    expect(scriptFor(snapshot, 'rr')).toMatch(/^python ask\("watch /m);
    expect(scriptFor(snapshot, 'rr')).toContain('print("(rr) " + command)');
    expect(scriptFor(snapshot, 'delve')).not.toMatch(/^watch/m);
  });

  it('exist for delve and lldb', async () => {
    const snapshot = await snapshotOf(crash);
    expect(scriptFor(snapshot, 'delve')).toMatch(/^examinemem -fmt hex -count 2 -size 8 0x/m);
    expect(scriptFor(snapshot, 'lldb')).toMatch(/^memory read -s8 -fx -c2 0x/m);
    // One refused command must not end the script.
    expect(scriptFor(snapshot, 'lldb')).toMatch(/^settings set target\.language c$/m);
    // Some end a script there.
    expect(scriptFor(snapshot, 'lldb')).toMatch(/\nmemory region --all\n$/);
    expect(scriptFor(snapshot, 'lldb')).toMatch(/^settings set interpreter\.stop-command-source-on-error false\n/);
    expect(scriptFor(snapshot, 'lldb')).toMatch(/^memory region 0x[0-9a-f]+$/m);
  });

  it('ask for the span of a bad pointer by its place in the arenas', async () => {
    const script = scriptFor(await snapshotOf(huntText()), 'gdb');
    // 0xc0003fe000 lies in arena 0x200000 + 0x3000 of linux/amd64, page 0x1ff of it.
    expect(script).toContain('[2109440]->spans[511]');
  });

  it('are empty where nothing crashed', async () => {
    expect(scriptFor(await snapshotOf('some prose\n'), 'gdb')).toBe('');
  });
});
