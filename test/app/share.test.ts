import { describe, expect, it } from 'vitest';
import { copiedMessage } from '../../src/app/features/share/copy-link.ts';

describe('the message after copying a link', () => {
  it('tells its length and what it contains', () => {
    expect(copiedMessage(1678)).toBe('Link copied, 1,678 characters. It contains the whole paste');
  });

  it('warns of links that are likely to be cut', () => {
    expect(copiedMessage(8001)).toContain('Some chats and mail programs cut links');
    expect(copiedMessage(70_000)).toContain('share the file instead');
  });
});
