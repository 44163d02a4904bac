import { expect, it } from 'vitest';
import { placeText, timeText } from '../../src/app/ui/log-times.ts';

it('shows times to the second with their zone, and leaves other forms', () => {
  expect(timeText('2025-03-01T10:00:00.006000000Z')).toBe('2025-03-01 10:00:00 UTC');
  expect(timeText('2025-03-01T10:00:00+02:00')).toBe('2025-03-01 10:00:00 +02:00');
  expect(timeText('2025-03-01T10:00:00')).toBe('2025-03-01 10:00:00');
  expect(timeText('Mar  1 10:00:00')).toBe('Mar  1 10:00:00');
});

it('names what the layers tell of the place', () => {
  expect(placeText({ pod: 'shop-7d9f', container: 'server' })).toBe('pod shop-7d9f, container server');
  expect(placeText({ host: 'node-3', pod: '' })).toBe('host node-3');
  expect(placeText({ first: '2025-03-01T10:00:00Z' })).toBe('');
});
