import { describe, expect, it } from 'vitest';
import { looksLike } from '../../src/app/shell/looks-like.ts';

const of = (text: string) => looksLike('unknown', text.length, new TextEncoder().encode(text))?.what;

describe('what a text without a known form looks like', () => {
  it('names traces of other languages', () => {
    expect(of('Exception in thread "main" x\n\tat com.example.Box.size(Box.java:17)\n')).toBe('like a Java stack trace');
    expect(of('Traceback (most recent call last):\n  File "a.py", line 1\n')).toBe('like a Python traceback');
    expect(of("thread 'main' panicked at src/main.rs:2:5:\nboom\n")).toBe('like a Rust panic');
    expect(of('Error: x\n    at open (/srv/app/index.js:10:3)\n')).toBe('like a JavaScript stack trace');
    expect(of('{"level": "info"}')).toBe('like JSON');
  });

  it('says nothing of prose', () => {
    expect(of('Dear all,\nat ten we meet (room 3).\n')).toBeUndefined();
  });

  it('names what has no text', () => {
    expect(of('')).toBe('empty');
    expect(of(' \n\t\n')).toBe('blank');
    expect(looksLike('raw', 4, new Uint8Array([0x50, 0x4b, 3, 4]))?.what).toBe('a zip archive');
    expect(looksLike('unknown', 4, new Uint8Array([1, 0, 2, 0]))?.what).toBe('no text');
    expect(looksLike('core', 9, new Uint8Array([0x7f]))?.command).toContain('gdb -batch');
  });
});
