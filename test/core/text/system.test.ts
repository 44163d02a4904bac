/** What stands beside a crash: modules and kernels. */
import { describe, expect, it } from 'vitest';
import { read } from './render.ts';
import { facts, proseOf } from './support.ts';

const hash = 'h1:AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfg=';

function reading(...lines: string[]) {
  return read(new TextEncoder().encode(`${lines.join('\n')}\n`));
}

function modulesOf(...lines: string[]): string[] {
  return facts(reading(...lines), 'modules').flatMap((fact) =>
    fact.modules.map((module) => `${module.by} ${module.path} ${module.version}`),
  );
}

describe('modules', () => {
  it('are read from go.sum; the hash of a go.mod alone builds nothing', () => {
    expect(
      modulesOf(
        `example.com/a/b v1.2.3 ${hash}`,
        `example.com/a/b v1.2.3/go.mod ${hash}`,
        `example.com/c v0.0.0-20200101000000-abcdef123456/go.mod ${hash}`,
      ),
    ).toEqual(['sum example.com/a/b v1.2.3']);
  });

  it('are read from go version -m, with replacements and the release', () => {
    const lines = [
      './depot: go1.24.3',
      '\tpath\texample.com/depot',
      '\tmod\texample.com/depot\t(devel)\t',
      `\tdep\texample.com/a/b\tv1.2.3\t${hash}`,
    ];
    const replaced = [
      '\tdep\texample.com/c\tv1.0.0',
      `\t=>\texample.com/fork/c\tv1.0.1\t${hash}`,
      '\tbuild\t-compiler=gc',
      '\tbuild\tGOARCH=arm64',
    ];
    expect(modulesOf(...lines, ...replaced)).toEqual([
      'build example.com/depot (devel)',
      'build example.com/a/b v1.2.3',
      'build example.com/fork/c v1.0.1',
    ]);
    expect(facts(reading(...lines, ...replaced), 'process')[0]?.facts.goVersion).toBe('1.24.3');
    expect(proseOf(reading(...lines, ...replaced))).toEqual([]);
  });

  it('are read from debug.BuildInfo and go.mod', () => {
    expect(modulesOf('go\tgo1.23.1', 'path\texample.com/depot', `dep\texample.com/a\tv1.2.3\t${hash}`)).toEqual([
      'build example.com/a v1.2.3',
    ]);
    expect(modulesOf('require (', '\texample.com/a v1.2.3', '\texample.com/b/v2 v2.0.1 // indirect', ')')).toEqual([
      'sum example.com/a v1.2.3',
      'sum example.com/b/v2 v2.0.1',
    ]);
  });

  it('are not seen in sentences', () => {
    expect(
      modulesOf('mod and dep are words', 'we use example.com/a v1.2.3 since May', 'dep example.com/a v1', 'path of the file'),
    ).toEqual([]);
  });
});

describe('the kernel', () => {
  it.each([
    ['Linux depot7 5.3.7-301.fc31.x86_64 #1 SMP Mon Oct 21 x86_64 GNU/Linux', '5.3.7-301.fc31.x86_64'],
    ['uname -sr: Linux 5.4.1-arch1-1', '5.4.1-arch1-1'],
    ['[    0.000000] Linux version 3.18.20-aufs (builder@host) (gcc version 4.8) #1', '3.18.20-aufs'],
    ['[  112.1] CPU: 3 PID: 2412 Comm: shipper Not tainted 4.4.0-62-generic #83-Ubuntu', '4.4.0-62-generic'],
  ])('%s', (line, release) => {
    expect(facts(reading(line), 'system').map((fact) => fact.system)).toMatchObject([{ kind: 'kernel', release }]);
  });

  it('is read from the answer to uname -r, and nothing from a sentence', () => {
    expect(facts(reading('$ uname -r', '6.1.0-13-amd64'), 'system')[0]?.system).toMatchObject({ release: '6.1.0-13-amd64' });
    expect(facts(reading('It crashes on Linux since 5.3.7 came out', 'Linux 5 and kernel 6 differ'), 'system')).toEqual([]);
  });

  it.each([
    '[    0.011] NO_HZ: Full dynticks CPUs: 1-7.',
    'BOOT_IMAGE=/vmlinuz root=/dev/sda1 nohz_full=1-7 quiet',
    'CONFIG_NO_HZ_FULL=y',
  ])('runs without a tick: %s', (line) => {
    expect(facts(reading(line), 'system').map((fact) => fact.system.kind)).toEqual(['full-dynticks']);
  });

  it.each([
    ['[ 8123.4] BUG: Bad page map in process shipper  pte:2e5d pmd:1f2c', { problem: 'bad-page-map', process: 'shipper' }],
    ['kernel: BUG: Bad rss-counter state mm:ffff88 idx:1 val:-1', { problem: 'bad-rss-counter' }],
    ['[ 81.2] BUG: unable to handle kernel paging request at 0018', { problem: 'bug' }],
  ])('complains: %s', (line, complaint) => {
    expect(facts(reading(line), 'event')[0]?.event.detail).toEqual({ kind: 'kernel', complaint });
  });
});
